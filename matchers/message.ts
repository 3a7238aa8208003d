import type { CheckResult, Sample } from '../src/results/checkResult.ts'
import { placesOf } from '../src/results/places.ts'
import { visible } from '../src/results/visible.ts'
import { tally } from '../src/results/tally.ts'
import { waiverText } from '../src/results/waivers.ts'
import { countText, numberText } from '../src/numberText.ts'

const glyphs: Record<CheckResult['status'], string> = {
  pass: '✓',
  warn: '▲',
  fail: '✗',
  error: '◆',
  skipped: '○',
  vacuous: '∅',
  inconclusive: '?',
  accepted: '⚑',
}

const SHOWN_RESULTS = 10
const SHOWN_ROWS = 5
const SHOWN_COLUMNS = 6
const CELL = 24
/** The offending cell, which is what the row is shown for. */
const MARKED_CELL = 60

/** The failure of an assertion as text: the same in a terminal and in a CI log, without colors. */
export function failureMessage(label: string, all: readonly CheckResult[], lead?: string): string {
  const results = all.filter(({ blocking }) => blocking)
  const accepted = all.filter(({ status }) => status === 'accepted')
  const others = all.filter((result) => !result.blocking && result.status !== 'accepted')
  const holding = others.filter(({ status }) => status === 'pass')
  const open = tally(others.filter(({ status }) => status !== 'pass')).map(({ text }) => text)
  const blocks = results.slice(0, SHOWN_RESULTS).map(resultBlock)
  const more = results.length > SHOWN_RESULTS ? [`… and ${results.length - SHOWN_RESULTS} more, all in the report`] : []
  const known = accepted
    .slice(0, SHOWN_RESULTS)
    .map((result) => `${headLine(result)}\n  ${visible(waiverText(result) ?? '')}`)
  const moreKnown =
    accepted.length > SHOWN_RESULTS ? [`… and ${accepted.length - SHOWN_RESULTS} more accepted failures`] : []
  const holds =
    holding.length > 0
      ? [`${countText(holding.length, 'other check')} of this assertion ${holding.length === 1 ? 'holds' : 'hold'}`]
      : []
  const rest =
    holds.length + open.length > 0 ? [[...(holds.length > 0 ? holds : ['beside that']), ...open].join(', ')] : []
  const first = lead === undefined ? [] : [lead.split('\n').map(visible).join('\n')]
  return [visible(label), ...first, ...blocks, ...more, ...known, ...moreKnown, ...rest].join('\n\n')
}

function headLine({ subject, title, status, negated }: CheckResult): string {
  const name = [subject.name, subject.column].filter(Boolean).join('.')
  const slice = subject.slice ? ` where ${subject.slice}` : ''
  return `${glyphs[status]} ${visible(name)}${visible(slice)}: ${negated ? 'expected not: ' : ''}${visible(title)}${status === 'fail' ? '' : ` (${status})`}`
}

/** One result as text: what was expected and measured, the rows that break it, examples. */
export function resultBlock(result: CheckResult): string {
  const { status, expected, measured, counts, message } = result
  const lines = [headLine(result)]
  if (status !== 'error') {
    lines.push(`  expected  ${visible(expected)}`, `  measured  ${visible(measured)}`)
    if (counts) {
      const { rows, missing, tested, failed } = counts
      lines.push(
        `  rows      ${numberText(rows)} = ${numberText(missing)} missing + ${numberText(tested)} tested, ${numberText(failed)} failed`,
      )
    }
  }
  const waiver = waiverText(result)
  if (waiver) lines.push(`  ${visible(waiver)}`)
  if (message) lines.push(...message.split('\n').map((line) => `  ${visible(line)}`))
  if (result.sample && result.sample.rows.length > 0) lines.push('', ...sampleLines(result.sample))
  if (result.behavior) lines.push(...exampleLines(result))
  return lines.join('\n')
}

function cut(text: string | null, most = CELL): string {
  if (text === null) return '(missing)'
  const shown = visible(text)
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown === '' ? '(empty)' : shown
}

const placeText = (place: number | string | undefined): string =>
  typeof place === 'number' ? numberText(place) : cut(place ?? null)

/** Failing rows as a table; `▸` marks the offending cells. */
function sampleLines(sample: Sample): string[] {
  const { columns, rows, marked, total } = sample
  const places = placesOf(sample)
  const order = [...marked, ...columns.keys()]
    .filter((value, i, all) => all.indexOf(value) === i)
    .slice(0, SHOWN_COLUMNS)
  const header = [...places.map(({ name }) => name), ...order.map((i) => cut(columns[i] as string))]
  const body = rows
    .slice(0, SHOWN_ROWS)
    .map((row, r) => [
      ...places.map(({ cells }) => placeText(cells[r])),
      ...order.map((i) => (marked.includes(i) ? `▸ ${cut(row[i] ?? null, MARKED_CELL)}` : cut(row[i] ?? null))),
    ])
  const widths = header.map((text, i) => Math.max(text.length, ...body.map((row) => (row[i] as string).length)))
  const line = (row: readonly string[]) =>
    `  ${row.map((text, i) => text.padEnd(widths[i] as number)).join('  ')}`.trimEnd()
  const left = total - body.length
  return [
    line(header),
    ...body.map(line),
    ...(left > 0 ? [`  … and ${numberText(left)} more ${left === 1 ? 'row' : 'rows'}`] : []),
  ]
}

function exampleLines({ behavior }: CheckResult): string[] {
  const examples = behavior?.examples ?? []
  const lines = examples
    .slice(0, SHOWN_ROWS)
    .flatMap(({ input, perturbed, before, expected, got, reason }) => [
      `    ${long(input)}${perturbed === undefined ? '' : `\n    → ${long(perturbed)}`}`,
      `      expected ${long(expected)}, got ${long(got)}${before === undefined ? '' : ` (before: ${long(before)})`}${reason ? `: ${long(reason)}` : ''}`,
    ])
  const failing = (behavior?.overall.failed ?? 0) + (behavior?.overall.errors ?? 0)
  const left = failing - Math.min(examples.length, SHOWN_ROWS)
  return [...(lines.length > 0 ? [''] : []), ...lines, ...(left > 0 ? [`    … and ${numberText(left)} more`] : [])]
}

function long(text: string): string {
  const shown = visible(text)
  return shown.length > 100 ? `${shown.slice(0, 99)}…` : shown
}
