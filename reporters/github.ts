import { appendFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { firstLine } from '../src/errors.ts'
import type { CheckResult, RunDocument } from '../src/results/index.ts'
import { waiverText } from '../src/results/index.ts'
import { integer, logLine, plainSpaces, plural, shorten } from './format.ts'
import { markdown } from './markdown.ts'
import { failedCount, splitMessage, subjectText, testedCount, titleText } from './sentence.ts'
import { needsAttention, statusWord, worstFirst } from './status.ts'

/** GitHub shows ten annotations of a level per step, and drops the rest without a word. */
const SHOWN = 10
/** GitHub throws a job summary of more than a mebibyte away as a whole; the reporters of a step share one. */
const SUMMARY_LIMIT = 1_048_576
const SUMMARY_BUDGET = 900_000
/** A summary of fewer bytes could not even say what it leaves out. */
const SUMMARY_LEAST = 2_000

export interface AnnotationOptions {
  /** The folder that the files of results are relative to. */
  readonly root: string
  /** The checked-out repository, `GITHUB_WORKSPACE`; files of annotations are relative to it. */
  readonly workspace: string
  /** Whether the runner annotates failed tests itself: then only what fails no test is annotated. */
  readonly failuresShown: boolean
}

type Level = 'error' | 'warning' | 'notice'

/** The findings of a run as workflow commands, worst first; an accepted failure is a notice. */
export function annotations(run: RunDocument, options: AnnotationOptions): string[] {
  const told = worstFirst(run.results)
    .filter(needsAttention)
    .filter(({ blocking }) => !(blocking && options.failuresShown))
  return (['error', 'warning', 'notice'] as const).flatMap((level) => {
    const own = told.filter((result) => levelOf(result) === level)
    if (own.length <= SHOWN) return own.map((result) => annotation(result, level, options))
    const left = own.length - (SHOWN - 1)
    const rest = `${plainSpaces(plural(left, 'more finding'))} like this: the job summary and the report have them`
    return [
      ...own.slice(0, SHOWN - 1).map((result) => annotation(result, level, options)),
      workflowCommand(level, { title: 'Assay' }, rest),
    ]
  })
}

function levelOf({ blocking, status }: CheckResult): Level {
  if (blocking) return 'error'
  return status === 'accepted' ? 'notice' : 'warning'
}

function annotation(result: CheckResult, level: Level, { root, workspace }: AnnotationOptions): string {
  const { where, status } = result
  const place = where
    ? {
        file: logLine(path.relative(workspace, path.resolve(root, where.file)).split(path.sep).join('/')),
        ...(where.line === undefined ? {} : { line: String(where.line) }),
        ...(where.column === undefined ? {} : { col: String(where.column) }),
      }
    : {}
  const title = shorten(logLine(`${statusWord[status]}: ${subjectText(result)} ${titleText(result)}`), 200)
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
            ? [`${integer(failed)} of ${plural(tested, result.behavior ? 'case' : 'row')}`]
            : []),
          ...(first ? [first] : []),
        ]),
    ...(result.waiver ? [waiverText(result) as string] : []),
  ]
  return lines.map((line) => shorten(logLine(line), 500)).join('\n')
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
    if (room < SUMMARY_LEAST) return `the job summary is full: ${integer(used, ' ')} bytes are in it already`
    await appendFile(file, `\n${markdown(run, { maxBytes: room, title: 'Data and model checks' })}`)
    return undefined
  } catch (error) {
    return `the job summary could not be written: ${firstLine(error)}`
  }
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
