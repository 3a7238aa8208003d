import { AssayError, nearest } from '../errors.ts'
import type { DatasetOptions } from './source.ts'
import { checkTimezone } from './timezone.ts'
import { textOptionNames } from './text/textOptions.ts'

const own: Readonly<Record<Exclude<keyof DatasetOptions, (typeof textOptionNames)[number]>, true>> = {
  at: true,
  format: true,
  headerRow: true,
  hive: true,
  key: true,
  malformed: true,
  missing: true,
  name: true,
  pattern: true,
  pii: true,
  sheet: true,
  table: true,
  timezone: true,
  types: true,
  union: true,
}
const known: readonly string[] = [...textOptionNames, ...Object.keys(own)]

/** Throws an AssayError for an option that no dataset has. */
export function checkOptions(options: DatasetOptions): void {
  if (typeof options !== 'object' || options === null)
    throw new AssayError('wrong-argument', `dataset() got ${String(options)} as options`, {
      hint: 'give an object, e.g. { name: "orders" }',
    })
  const unknown = Object.keys(options).find((name) => !known.includes(name))
  if (unknown !== undefined) {
    const near = nearest(unknown, known)
    throw new AssayError('wrong-argument', `dataset() does not know the option ${JSON.stringify(unknown)}`, {
      hint: near ? `did you mean ${near}?` : `it knows ${[...known].sort().join(', ')}`,
    })
  }
  const { malformed, timezone } = options
  if (timezone !== undefined) checkTimezone(timezone)
  if (malformed !== undefined && malformed !== 'fail' && malformed !== 'warn')
    throw new AssayError('wrong-argument', `dataset(): malformed is ${JSON.stringify(malformed)}`, {
      hint: "it takes 'fail' or 'warn'",
    })
}
