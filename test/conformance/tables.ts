import fc from 'fast-check'
import { columns, email, int, rows as awkward, text } from './awkward.ts'
import type { Rows } from './engines.ts'

const at = (column: string) => columns.findIndex(({ name }) => name === column)
/** The awkward values of a column. */
const of = (column: string): readonly unknown[] => awkward.map((row) => row[at(column)] ?? null)

const whole = fc.constantFrom<unknown>(...of(int), -1n, 3n, 2n ** 53n + 1n)
const quarters = fc.integer({ min: -8, max: 40 }).map((n) => n / 4)
const texts = fc.constantFrom<unknown>(...of(text), 'a', 'A', 'Zebra-12', 'é', 'x'.repeat(250))

/** Tables with the columns of the awkward one; some have only finite numbers, so that sums of them are sums. */
export const tables: fc.Arbitrary<Rows> = fc
  .tuple(fc.boolean(), fc.constantFrom(0.05, 0.5))
  .chain(([finite, missing]) => {
    const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { freq: missing < 0.1 ? 12 : 1 })
    const row = fc.record({
      [int]: some(whole),
      x: some(finite ? quarters : fc.constantFrom<unknown>(...of('x'))),
      y: some(quarters),
      [text]: some(texts),
      [email]: some(fc.constantFrom<unknown>(...of(email))),
      flag: some(fc.boolean()),
      day: some(fc.constantFrom<unknown>(...of('day'))),
      at: some(fc.constantFrom<unknown>(...of('at'))),
      small: some(fc.integer({ min: -5, max: 5 })),
    })
    return fc.array(row, { maxLength: 24 })
  })
  .map((drawn) =>
    drawn.map((row, i) => columns.map(({ name }) => (name === 'id' ? i + 1 : row[name as keyof typeof row]))),
  )
