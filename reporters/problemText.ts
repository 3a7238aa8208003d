import type { Problem } from '../src/results/index.ts'
import { integer } from '../src/words/text/numbers.ts'

/** What kind of thing happened, as the heading of a problem. */
const headings: Readonly<Record<Problem['kind'], string>> = {
  test: 'Test failed',
  hook: 'Hook failed',
  file: 'Test file did not load',
  worker: 'Worker stopped',
  unhandled: 'Unhandled error',
  run: 'Run failed',
  unjudged: 'Not judged',
  'left-out': 'Left out',
  skipped: 'Skipped',
}

/** `Hook failed` */
export function problemHeading({ kind, blocking }: Problem): string {
  return kind === 'run' && !blocking ? 'Run' : headings[kind]
}

/** `test/orders.test.ts:36`; undefined when no file is known. */
export function problemPlace({ file, line }: Problem): string | undefined {
  return file === undefined || line === undefined ? file : `${file}:${line}`
}

/** What a problem kept from running, and whom it left undecided, in words; empty when neither. */
export function problemConsequence({ kind, tests = 0, undecided = [] }: Problem): string {
  const parts: string[] = []
  if (tests > 0 && kind !== 'left-out' && kind !== 'skipped')
    parts.push(
      `${integer(tests)} ${tests === 1 ? 'test' : 'tests'} did not run${kind === 'worker' ? ' to the end' : ''}`,
    )
  if (undecided.length > 0) parts.push(`undecided: ${undecided.map(({ name }) => name).join(', ')}`)
  return parts.join('; ')
}
