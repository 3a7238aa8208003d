import { dataset } from 'assay'
import { expect, test } from 'vitest'

const people = dataset([{ id: 1, name: 'Ada' }])

test('matchers are typed from their definitions', () => {
  // Never run: the compiler judges these lines, and a line marked as an error must be one.
  const judged = (): unknown[] => [
    expect(people.column('id')).toHaveValuesBetween({ min: 0 }) satisfies Promise<void>,
    expect(people).not.toHaveRowCount(3) satisfies Promise<void>,
    expect.soft(people).toHaveUniqueKey('id', { severity: 'warn' }) satisfies Promise<void>,
    // @ts-expect-error limits are an object
    expect(people.column('id')).toHaveValuesBetween(3),
    // @ts-expect-error an option that does not exist
    expect(people.column('id')).toHaveValuesIn([1], { mostley: 0.9 }),
    // @ts-expect-error a matcher that does not exist
    expect(people).toHaveRowsCount(3),
  ]
  expect(judged).toBeTypeOf('function')
})
