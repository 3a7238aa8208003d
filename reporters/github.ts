import { appendFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { firstLine } from '../src/errors.ts'
import { blockOf } from '../src/results/blocks/index.ts'
import type { CheckResult, Problem, RunDocument, Where } from '../src/results/index.ts'
import { waiverText } from '../src/results/index.ts'
import { countText, integer } from '../src/words/text/numbers.ts'
import { shorten, visible } from '../src/words/text/visible.ts'
import { headline } from './headline.ts'
import { markdown } from './markdown.ts'
import { problemConsequence, problemHeading } from './problemText.ts'
import { failedCount, splitMessage, subjectText, testedCount, titleText } from '../src/words/sentence.ts'
import { needsAttention, statusWord } from '../src/words/status.ts'
import { worstFirst } from '../src/results/worstFirst.ts'

/** GitHub shows ten annotations of a level per step, and drops the rest without a word. */
const SHOWN = 10
/** GitHub throws a job summary of more than a mebibyte away as a whole; the reporters of a step share one. */
const SUMMARY_LIMIT = 1_048_576
const SUMMARY_BUDGET = 900_000
/** A summary of fewer bytes could not even say what it leaves out. */
const SUMMARY_LEAST = 2_000

/** Where annotations are shown, and what is shown without them. */
export interface AnnotationOptions {
  /** The folder that the files of results are relative to. */
  readonly root: string
  /** The checked-out repository, `GITHUB_WORKSPACE`; files of annotations are relative to it. */
  readonly workspace: string
  /** Whether the runner annotates failed tests and errors itself: then only what it does not know is annotated. */
  readonly failuresShown: boolean
}

type Level = 'error' | 'warning' | 'notice'

/** What is annotated: at which level, and the command. */
interface Finding {
  readonly level: Level
  readonly command: string
}

/**
 * The problems and findings of a run as workflow commands, worst first; an accepted failure is a notice. A run that fails
 * for a reason that stands at no line has one for the run itself. The runner may know nothing of a failure whose waiver
 * has accepted other data, in another worker.
 */
export function annotations(run: RunDocument, options: AnnotationOptions): string[] {
  const problems = run.problems
    .filter(({ blocking, kind }) => !(blocking && options.failuresShown && toldByVitest.includes(kind)))
    .map((problem) => problemFinding(problem, options))
  const results = worstFirst(run.results)
    .filter(needsAttention)
    .filter(({ blocking, waiver }) => !(blocking && options.failuresShown && waiver?.refused !== 'data'))
    .map((result): Finding => ({ level: levelOf(result), command: annotation(result, levelOf(result), options) }))
  const all = [...problems, ...results]
  const failed = run.outcome.exitCode !== 0
  if (failed && !options.failuresShown && !all.some(({ level }) => level === 'error'))
    all.unshift({ level: 'error', command: workflowCommand('error', { title: 'Assay' }, visible(headline(run).text)) })
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const own = all.filter((finding) => finding.level === level)
    if (own.length <= SHOWN) return own.map(({ command }) => command)
    const left = own.length - (SHOWN - 1)
    const rest = `${countText(left, 'more finding')} like this: the job summary and the report have them`
    return [...own.slice(0, SHOWN - 1).map(({ command }) => command), workflowCommand(level, { title: 'Assay' }, rest)]
  })
}

/** vitest's own reporter annotates errors of tests, suites and files, and those that nobody caught. */
const toldByVitest: readonly Problem['kind'][] = ['test', 'hook', 'file', 'unhandled']

function problemFinding(problem: Problem, options: AnnotationOptions): Finding {
  const level = problem.blocking ? 'error' : problem.kind === 'skipped' ? 'notice' : 'warning'
  const title = shorten(visible([problemHeading(problem), problem.test].filter(Boolean).join(': ')), 200)
  const sentences = [problem.text, problemConsequence(problem)].filter((text) => text !== '')
  const command = workflowCommand(
    level,
    { ...placed(problem, options), title },
    sentences.map((line) => shorten(visible(line), 500)).join('\n'),
  )
  return { level, command }
}

function levelOf({ blocking, status }: CheckResult): Level {
  if (blocking) return 'error'
  return status === 'accepted' ? 'notice' : 'warning'
}

type Place = Pick<Where, 'line' | 'column'> & { readonly file?: string }

/** A place as properties of a workflow command. */
function placed({ file, line, column }: Place, { root, workspace }: AnnotationOptions): Record<string, string> {
  if (file === undefined) return {}
  return {
    file: visible(path.relative(workspace, path.resolve(root, file)).split(path.sep).join('/')),
    ...(line === undefined ? {} : { line: String(line) }),
    ...(column === undefined ? {} : { col: String(column) }),
  }
}

function annotation(result: CheckResult, level: Level, options: AnnotationOptions): string {
  const { where, status } = result
  const place = placed(where ?? {}, options)
  const title = shorten(visible(`${statusWord[status]}: ${subjectText(result)} ${titleText(result)}`), 200)
  return workflowCommand(level, { ...place, title }, sentence(result))
}

function sentence(result: CheckResult): string {
  const { status, expected, measured, message } = result
  const failed = failedCount(result)
  const tested = testedCount(result)
  const first = message ? splitMessage(message).first : undefined
  const lines = [
    ...(status === 'error'
      ? [first ?? 'could not run']
      : [
          `expected ${expected}, measured ${measured}`,
          ...(failed !== undefined && tested !== undefined
            ? [`${integer(failed)} of ${countText(tested, blockOf(result, 'rates') ? 'case' : 'row')}`]
            : []),
          ...(first ? [first] : []),
        ]),
    ...(result.waiver ? [waiverText(result) as string] : []),
  ]
  return lines.map((line) => shorten(visible(line), 500)).join('\n')
}

/** A workflow command. Its text is data: percent signs and line breaks are escaped, in properties colons and commas too. */
function workflowCommand(name: Level, properties: Readonly<Record<string, string>>, text: string): string {
  const data = (value: string): string => value.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
  const property = (value: string): string => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C')
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`)
  return `::${name} ${listed.join(',')}::${data(text)}`
}

/**
 * Appends the run to a job summary, in the room that others left in it.
 * @returns what went wrong, in words; undefined when it is written.
 */
export async function appendJobSummary(run: RunDocument, file: string): Promise<string | undefined> {
  try {
    const used = (await stat(file).catch(() => undefined))?.size ?? 0
    const room = Math.min(SUMMARY_BUDGET, SUMMARY_LIMIT - used - SUMMARY_LEAST)
    if (room < SUMMARY_LEAST) return `the job summary is full: ${integer(used)} bytes are in it already`
    await appendFile(file, `\n${markdown(run, { maxBytes: room, title: 'Data and model checks' })}`)
    return undefined
  } catch (error) {
    return `the job summary could not be written: ${firstLine(error)}`
  }
}

/** While the process exits: annotates what only its end shows, on GitHub Actions. */
export function tellGithubNow(
  run: RunDocument,
  { root, failuresShown }: Pick<AnnotationOptions, 'root' | 'failuresShown'>,
): void {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE } = process.env
  if (GITHUB_ACTIONS !== 'true') return
  const options = { root, workspace: GITHUB_WORKSPACE || process.cwd(), failuresShown }
  const late = run.problems.filter(({ kind, blocking }) => kind === 'run' && blocking)
  for (const problem of late) process.stderr.write(`${problemFinding(problem, options).command}\n`)
}

/** On GitHub Actions, annotates the findings and appends the job summary; elsewhere nothing. */
export async function tellGithub(
  run: RunDocument,
  { root, failuresShown }: Pick<AnnotationOptions, 'root' | 'failuresShown'>,
): Promise<void> {
  const { GITHUB_ACTIONS, GITHUB_WORKSPACE, GITHUB_STEP_SUMMARY } = process.env
  if (GITHUB_ACTIONS !== 'true') return
  const lines = annotations(run, { root, workspace: GITHUB_WORKSPACE || process.cwd(), failuresShown })
  const problem = GITHUB_STEP_SUMMARY ? await appendJobSummary(run, GITHUB_STEP_SUMMARY) : undefined
  if (problem) lines.push(`[assay] ${problem}`)
  // The runner reads commands from stderr too, and `--reporter=json` owns stdout.
  if (lines.length > 0) process.stderr.write(`${lines.join('\n')}\n`)
}
