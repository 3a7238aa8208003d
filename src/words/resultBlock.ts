import type { CheckResult } from '../results/checkResult.ts'
import { waiverText } from '../results/withWaivers.ts'
import { blockLines } from '../results/blocks/index.ts'
import { statusGlyph } from './status.ts'
import { numberText } from './text/numbers.ts'
import { visible } from './text/visible.ts'

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
  for (const block of result.evidence) {
    const more = blockLines(block)
    if (more.length > 0) lines.push('', ...more)
  }
  return lines.join('\n')
}
