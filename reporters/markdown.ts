import { blockOf } from '../src/results/blocks/index.ts'
import type { CheckResult, Problem, RunDocument } from '../src/results/index.ts'
import { tally, waiverText } from '../src/results/index.ts'
import { behaviorCells } from './behaviorCells.ts'
import { blocksMarkdown } from './blocks/index.ts'
import { countText, exactShare, integer, shareText } from '../src/words/text/numbers.ts'
import { duration, instant } from '../src/words/text/times.ts'
import { cut, visible } from '../src/words/text/visible.ts'
import { numberTexts } from '../src/words/numberTexts.ts'
import { evidenceBrief, failedCount, subjectText, titleText, whereText } from '../src/words/sentence.ts'
import { isParted, type QuestionWords, questionSubject, questionsOf, questionText } from '../src/words/questions.ts'
import { needsAttention, statusGlyph, statusWord } from '../src/words/status.ts'
import { worstFirst } from '../src/results/worstFirst.ts'
import { headline, problemStatus } from './headline.ts'
import { problemConsequence, problemHeading, problemPlace } from './problemText.ts'
import { verdicts, worstText } from './verdict.ts'

/** Options of the markdown report. */
export interface MarkdownOptions {
  /** Budget in bytes of UTF-8; 60 000 fits a pull request comment, a job summary takes 900 000. */
  readonly maxBytes?: number
  /** A heading above the run, for a page that holds other reports too, like a job summary. */
  readonly title?: string
}

/** Finds an earlier comment of ours, to be updated in place. */
const marker = '<!-- assay-report -->'

/** The run for a pull request comment or a job summary. Whole sections are dropped from the end when it is too long. */
export function markdown(run: RunDocument, options: MarkdownOptions = {}): string {
  const maxBytes = options.maxBytes ?? 60_000
  const results = worstFirst(run.results)
  const start = options.title === undefined ? `${marker}\n` : `## ${text(options.title)}\n\n`
  const head = headline(run)
  const line = `${statusGlyph[head.status]} ${text(head.text)}`
  const top = `${start}### ${line}\n\n${counts(run)}\n`
  const sections = [
    { name: 'problems', body: problemTable(run.problems, maxBytes / 4) },
    { name: 'verdicts', body: verdictList(run, maxBytes / 4) },
    { name: 'needs attention', body: attentionTable(results, maxBytes / 2) },
    { name: 'model behavior', body: modelTable(results) },
    { name: 'drift', body: driftTable(results) },
    { name: 'evidence', body: evidenceList(results, maxBytes / 4) },
    { name: 'run', body: about(run) },
  ].filter(({ body }) => body !== '')
  for (let kept = sections.length; kept >= 0; kept--) {
    const dropped = sections.slice(kept).map(({ name }) => name)
    const note =
      dropped.length > 0 ? `\n_Dropped to stay within ${integer(maxBytes)} bytes: ${dropped.join(', ')}._\n` : ''
    const whole = [top, ...sections.slice(0, kept).map(({ body }) => body)].join('\n') + note
    if (size(whole) <= maxBytes) return whole
  }
  return `${start}${line}\n`
}

/** Problems, or verdicts, that are listed at most. */
const LISTED = 50

function problemTable(problems: readonly Problem[], budget: number): string {
  if (problems.length === 0) return ''
  const head = '| | what happened | test | where |\n|-|-|-|-|\n'
  const rows = problems.slice(0, LISTED).map((problem) => {
    const status = problemStatus(problem)
    const consequence = problemConsequence(problem)
    const sentence = `${text(problem.text, 300)}${consequence ? ` (${text(consequence, 200)})` : ''}`
    return `| ${statusGlyph[status]} ${problemHeading(problem)} | ${sentence} | ${text(problem.test ?? '', 200)} | ${text(problemPlace(problem) ?? '', 200)} |\n`
  })
  const shown = fitting(rows, budget - size(head))
  const table = `${head}${rows.slice(0, shown).join('')}`
  return shown < problems.length ? `${table}\n… and ${integer(problems.length - shown)} more\n` : table
}

function verdictList(run: RunDocument, budget: number): string {
  const all = verdicts(run)
  const lines = all.slice(0, LISTED).map((verdict) => {
    const worst = worstText(verdict)
    return `- ${statusGlyph[verdict.status]} **${text(verdict.name, 200)}** ${text(verdict.text)}${worst ? `. Worst: ${text(worst, 200)}` : ''}\n`
  })
  const shown = fitting(lines, budget)
  const list = lines.slice(0, shown).join('')
  return shown < all.length ? `${list}- … and ${integer(all.length - shown)} more\n` : list
}

const attentionHead = '| | check | expected | measured | failing | where |\n|-|-|-|-|-:|-|\n'

/** Results to look at, worst first; a question that was judged in parts is one row, under which its parts unfold. */
function attentionTable(results: readonly CheckResult[], budget: number): string {
  const all = results.filter(needsAttention)
  if (all.length === 0) return ''
  const parted = new Map(
    questionsOf(results)
      .filter(isParted)
      .flatMap((question) => question.results.map((result) => [result, question] as const)),
  )
  const entries = questionsOf(all)
  const rows = entries.map(({ results: [first, ...others] }) => {
    const question = parted.get(first)
    return question && others.length > 0 ? questionRow(question, first) : attentionRow(first)
  })
  const table = `#### Needs attention\n\n${attentionHead}`
  const shown = fitting(rows, budget - size(table))
  const left = entries.slice(shown).reduce((sum, { results: own }) => sum + own.length, 0)
  let whole = `${table}${rows.slice(0, shown).join('')}${left > 0 ? `\n… and ${integer(left)} more\n` : ''}`
  for (const { results: own } of entries.slice(0, shown)) {
    const question = own.length > 1 ? parted.get(own[0]) : undefined
    if (question === undefined) continue
    // With empty lines around it, what a summary holds is Markdown: nothing of the data is written as HTML.
    const head = `\n<details><summary>\n\n**${text(questionSubject(question), 240)}** ${text(questionText(question), 300)}\n\n</summary>\n\n${attentionHead}`
    const parts = own.map(attentionRow)
    const most = fitting(parts, budget - size(whole) - size(head) - 60)
    if (most === 0) break
    const unsaid = own.length - most
    whole += `${head}${parts.slice(0, most).join('')}${unsaid > 0 ? `\n… and ${integer(unsaid)} more\n` : ''}\n</details>\n`
  }
  return whole
}

/** How many of the rows fit into so many bytes; 200 at most. */
function fitting(rows: readonly string[], budget: number): number {
  let bytes = 0
  const over = rows.findIndex((row, i) => (bytes += size(row)) > budget || i === 200)
  return over === -1 ? rows.length : over
}

function questionRow(question: QuestionWords, worst: CheckResult): string {
  const open = question.results.filter(needsAttention).length
  const name = `**${text(questionSubject(question), 120)}** ${text(question.group?.title ?? '', 200)}`
  const { status } = worst
  const place = whereText(worst) ?? ''
  return `| ${statusGlyph[status]} ${statusWord[status]} | ${name} | all ${countText(question.results.length, 'check')} pass | ${integer(open)} ${open === 1 ? 'does' : 'do'} not | | ${text(place, 200)} |\n`
}

function attentionRow(result: CheckResult): string {
  const { subject, status } = result
  const own = subject.column ?? subject.capability
  const name = own === undefined ? subject.name : `${subject.name}.${own}`
  const slice = subject.slice ? ` where ${subject.slice}` : ''
  const waiver = waiverText(result)
  const waived = waiver ? ` (${waiver})` : ''
  const failed = failedCount(result)
  const values = evidenceBrief(result)
  const failing = values === undefined ? '' : `: ${text(values, 200)}`
  const check = `**${text(name, 120)}**${text(slice, 120)} ${text(titleText(result), 200)}${failing}${text(waived, 300)}`
  return `| ${statusGlyph[status]} ${statusWord[status]} | ${check} | ${text(result.expected, 200)} | ${text(result.measured, 200)} | ${failed === undefined ? '' : integer(failed)} | ${text(whereText(result) ?? '', 200)} |\n`
}

/** What backs findings and no other section tells: matrices, curves, scores, rates of segments, traces. */
function evidenceList(results: readonly CheckResult[], budget: number): string {
  let list = ''
  for (const result of results.filter(needsAttention)) {
    const blocks = blocksMarkdown(result, text)
    if (blocks.length === 0) continue
    const part = `**${text(subjectText(result), 240)}** ${text(titleText(result), 200)}\n\n${blocks.join('\n')}\n`
    if (size(list + part) > budget) return `${list}… and more in the report\n`
    list += part
  }
  return list === '' ? '' : `#### Evidence\n\n${list}`
}

function modelTable(results: readonly CheckResult[]): string {
  const cells = behaviorCells(results)
  if (cells.length === 0) return ''
  const types = ['MFT', 'INV', 'DIR']
  let table = ''
  for (const model of new Set(cells.map((cell) => cell.model))) {
    const own = cells.filter((cell) => cell.model === model)
    table += `#### Model behavior of ${text(model)}\n\n| capability | ${types.join(' | ')} |\n|-|${'-:|'.repeat(types.length)}\n`
    for (const capability of new Set(own.map((cell) => cell.capability))) {
      const row = types.map((type) => {
        const cell = own.find((candidate) => candidate.capability === capability && candidate.type === type)
        if (!cell) return 'no test'
        const { rate, limit, passed, failed, errors } = cell.worst
        const needs = limit === undefined ? '' : `, needs ${exactShare(limit)}`
        const measured =
          rate === undefined
            ? 'nothing applicable'
            : `${shareText(rate, limit === undefined ? [] : [limit])} of ${integer(passed + failed + errors)}${needs}`
        return `${statusGlyph[cell.status]} ${text(measured)}`
      })
      table += `| ${text(capability)} | ${row.join(' | ')} |\n`
    }
    table += '\n'
  }
  return table
}

function driftTable(results: readonly CheckResult[]): string {
  const all = results.filter((result) => result.family === 'drift' && needsAttention(result))
  if (all.length === 0) return ''
  const measured = all.flatMap((result) => {
    const number = blockOf(result, 'number')
    return number ? [{ result, number }] : []
  })
  if (measured.length === 0) return ''
  const rows = measured.slice(0, 100).map(({ result, number }) => {
    const { effect, interval, limit = '' } = numberTexts(number)
    const { rowsToDecide, note = '' } = number
    const decide =
      rowsToDecide === undefined ? '' : `; about ${integer(rowsToDecide)} rows would decide if nothing moved`
    return `| ${statusGlyph[result.status]} ${statusWord[result.status]} | ${text(subjectText(result), 120)} | ${text(number.name)} ${effect} (${interval}) | ${limit} | ${text(note + decide, 240)} |\n`
  })
  const more = measured.length > rows.length ? `\n… and ${integer(measured.length - rows.length)} more\n` : ''
  return `#### Drift\n\n| | column | effect (interval) | limit | what moved |\n|-|-|-|-|-|\n${rows.join('')}${more}`
}

function counts(run: RunDocument): string {
  const checks = tally(run.results, integer).map(({ status, text: words }) => `${statusGlyph[status]} ${words}`)
  const { passed, failed, skipped } = run.tests
  const tests = `${countText(passed + failed + skipped, 'ordinary test')}${failed ? `, ${integer(failed)} failed` : ''}`
  return [...checks, tests].join(' · ')
}

function about(run: RunDocument): string {
  const commit = [run.branch, run.commit?.slice(0, 10)].filter(Boolean).join(' ')
  const notes = run.notes.slice(0, 20).map((note) => `- ${text(note, 400)}\n`)
  const line = [run.title, commit, instant(run.at), duration(run.durationMs), `assay ${run.environment.assay}`].filter(
    Boolean,
  )
  return `${line.map((part) => text(part)).join(' · ')}\n${notes.length > 0 ? `\n${notes.join('')}` : ''}`
}

const special: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '#': '&#35;',
  '|': '&#124;',
  '`': '&#96;',
}

/** Shows nothing, and keeps apart what would be a mention, a reference or an address: those are looked for in rendered text. */
const apart = '<!-- -->'

/** Text of the data as plain markdown text: no markup, no mention, reference, address or formula, no second line. */
function text(value: string, longest = 500): string {
  return cut(visible(value), longest)
    .split(/((?<=[@$])|(?<=[#!~%&])(?=[\w"])|(?<=(?:https?|ftp|xmpp|mailto):)|(?<=www\.)|(?<=GH-))/i)
    .map((part) =>
      part
        .replace(/[&<>#|`]/g, (character) => special[character] as string)
        .replace(/[\\*_[\]~!]/g, (character) => `\\${character}`),
    )
    .filter((part) => part !== '')
    .join(apart)
}

function size(value: string): number {
  return Buffer.byteLength(value)
}
