import type { CheckResult } from '../results/checkResult.ts'
import { waiverText } from '../results/withWaivers.ts'
import { sampleTable } from './sampleTable.ts'
import { statusGlyph } from './status.ts'
import { numberText } from './text/numbers.ts'
import { shorten, visible } from './text/visible.ts'

/** Examples shown at most; the rest is counted. */
const SHOWN = 5
const LONGEST = 100

/** What a result is about and states, on one line: `✗ orders.amount: values between 0 and 10`. */
export function headLine({ subject, title, status, negated }: CheckResult): string {
  const name = [subject.name, subject.column].filter(Boolean).join('.')
  const slice = subject.slice ? ` where ${subject.slice}` : ''
  return `${statusGlyph[status]} ${visible(name)}${visible(slice)}: ${negated ? 'expected not: ' : ''}${visible(title)}${status === 'fail' ? '' : ` (${status})`}`
}

/** One result as text without colors: what was expected and measured, the rows that break it, examples. */
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
  if (result.sample && result.sample.rows.length > 0) lines.push('', ...sampleTable(result.sample))
  if (result.behavior) lines.push(...exampleLines(result))
  return lines.join('\n')
}

function exampleLines({ behavior }: CheckResult): string[] {
  const examples = behavior?.examples ?? []
  const lines = examples
    .slice(0, SHOWN)
    .flatMap(({ input, perturbed, before, expected, got, reason }) => [
      `    ${long(input)}${perturbed === undefined ? '' : `\n    → ${long(perturbed)}`}`,
      `      expected ${long(expected)}, got ${long(got)}${before === undefined ? '' : ` (before: ${long(before)})`}${reason ? `: ${long(reason)}` : ''}`,
    ])
  const failing = (behavior?.overall.failed ?? 0) + (behavior?.overall.errors ?? 0)
  const left = failing - Math.min(examples.length, SHOWN)
  return [...(lines.length > 0 ? [''] : []), ...lines, ...(left > 0 ? [`    … and ${numberText(left)} more`] : [])]
}

const long = (text: string): string => shorten(visible(text), LONGEST)
