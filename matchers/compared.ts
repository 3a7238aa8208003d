import type * as Vitest from 'vitest'
import { type Dataset, isDataset } from '../src/dataset/dataset.ts'
import { AssayError } from '../src/errors.ts'

type Compares = Pick<typeof Vitest, 'chai' | 'expect'>
type EqualityTester = Parameters<Compares['expect']['addEqualityTesters']>[0][number]

/** The matchers that ask which dataset it is: `toBe`, which also compares deeply, for its words, and those of spies. */
const OF_IDENTITY = /^toBe$|(call|return|resolve)[a-z]*with$/i
const mark = Symbol.for('assay.compared')

/**
 * Refuses to compare datasets by their fields, as `toEqual` does with all objects: they have none, so that any two would
 * be equal, whatever rows they hold. Once for each vitest of the process.
 */
export function refuseComparing({ chai, expect }: Compares): void {
  const assertions = chai.Assertion.prototype as unknown as Record<symbol, EqualityTester | undefined>
  const tester = (assertions[mark] ??= testerIn(chai))
  const known = globalThis as unknown as Record<symbol, EqualityTester | undefined>
  if (known[mark] === tester) return
  known[mark] = tester
  expect.addEqualityTesters([tester])
}

function testerIn({ Assertion, util }: Compares['chai']): EqualityTester {
  let identity = false
  for (const name of Object.getOwnPropertyNames(Assertion.prototype).filter((one) => OF_IDENTITY.test(one)))
    util.overwriteMethod(Assertion.prototype, name, (compare: (...values: unknown[]) => unknown) => {
      return function (this: unknown, ...values: unknown[]) {
        const before = identity
        identity = true
        try {
          return compare.apply(this, values)
        } finally {
          identity = before
        }
      }
    })
  return (a, b) => {
    const [subject, other] = isDataset(a) ? [a, b] : [b, a]
    if (!isDataset(subject)) return undefined
    if (subject === other) return true
    if (!isDataset(other) && !holdsNoField(other)) return undefined
    if (identity) return false
    throw refused(subject, other)
  }
}

/** Whether it is an object that says nothing of a dataset's properties, as a list of rows does, or `{}`. */
const holdsNoField = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && (Array.isArray(value) || Object.keys(value).length === 0)

function refused(subject: Dataset, other: unknown): AssayError {
  const words = isDataset(other)
    ? `dataset ${JSON.stringify(other.name)}`
    : Array.isArray(other)
      ? 'a list'
      : 'an object without fields'
  return new AssayError(
    'wrong-use',
    `dataset ${JSON.stringify(subject.name)} is compared with ${words} by its fields, which says nothing of rows`,
    {
      hint: 'await expect(dataset).toHaveSameRows(other) compares rows, toBe and toContain tell which dataset it is, and `await dataset.rows()` are its rows',
    },
  )
}
