import {
  type Check,
  type Dataset,
  dataset,
  defineCheck,
  keyExists,
  mft,
  model,
  parameters,
  rowCount,
  sql,
  uniqueKey,
  valuesBetween,
  valuesOfType,
} from 'assay'
import { expect, test } from 'vitest'

const people = dataset([{ id: 1, name: 'Ada' }])
const echo = model('echo@1', (text: string) => text)
declare const anything: any
declare const something: unknown

test('matchers are typed from their definitions', () => {
  // Never run: the compiler judges these lines, and a line marked as an error must be one.
  const judged = (): unknown[] => [
    expect(people.column('id')).toHaveValuesBetween({ min: 0 }) satisfies Promise<void>,
    expect(people).not.toHaveRowCount(3) satisfies Promise<void>,
    expect.soft(people).toHaveUniqueKey('id', { severity: 'warn' }) satisfies Promise<void>,
    expect(people, 'the people').toMatchSchema(),
    expect(people).toHaveNoDriftFrom(people),
    expect(people.column('id')).toHaveNoDriftFrom(people.column('id')),
    expect(Promise.resolve(people)).resolves.toHaveRowCount(1),
    expect.poll(() => people).toHaveRowCount(1),
    expect(echo).toPassMFT(mft([])),
    expect(anything).toHaveRowCount(1),
    expect(something).toHaveRowCount(1),
    // @ts-expect-error limits are an object
    expect(people.column('id')).toHaveValuesBetween(3),
    // @ts-expect-error an option that does not exist
    expect(people.column('id')).toHaveValuesIn([1], { mostley: 0.9 }),
    // @ts-expect-error a matcher that does not exist
    expect(people).toHaveRowsCount(3),
  ]
  expect(judged).toBeTypeOf('function')
})

test('of records whose type names the columns, another name is an error', () => {
  const mixed = dataset([{ id: 1 }, { name: 'Ada' }])
  const unknown = dataset([] as Record<string, unknown>[])
  const file = dataset('people.csv')
  const name: string = 'id'
  const judged = (): unknown[] => [
    expect(people.where({ name: 'Ada' }).sample(1).column('id')).toHaveNoMissing(),
    expect(people.where(sql`id > 1`)).toHaveRowCount(1),
    [people.column(name), mixed.column('name'), unknown.column('any'), file.column('any'), dataset([]).column('any')],
    [people, mixed, unknown, file] satisfies Dataset[],
    // @ts-expect-error a column that is not there
    people.column('nmae'),
    // @ts-expect-error a column that is not there, in a filter
    people.where({ nmae: 'Ada' }),
    // @ts-expect-error a column that is not there, of a slice
    people.where({ name: 'Ada' }).column('nmae'),
  ]
  expect(judged).toBeTypeOf('function')
})

test('what a matcher does not judge is an error', () => {
  const judged = (): unknown[] => [
    // @ts-expect-error a number
    expect(5).toMatchSchema(),
    // @ts-expect-error text
    expect('people.csv').toHaveRowCount(1),
    // @ts-expect-error a promise that is not awaited
    expect(Promise.resolve(people)).toHaveRowCount(1),
    // @ts-expect-error a dataset where a column belongs
    expect(people).toHaveValuesBetween({ min: 0 }),
    // @ts-expect-error a dataset where a column belongs, negated
    expect(people).not.toHaveNoMissing(),
    // @ts-expect-error a dataset where a column belongs, softly
    expect.soft(people).toHaveValuesIn([1]),
    // @ts-expect-error a column where a dataset belongs
    expect(people.column('id')).toMatchSchema(),
    // @ts-expect-error a dataset where a model belongs
    expect(people).toPassMFT(mft([])),
    // @ts-expect-error a model where a dataset belongs
    expect(echo).toHaveRowCount(1),
    // @ts-expect-error a model where data belongs
    expect(echo).toHaveNoDriftFrom(people),
  ]
  expect(judged).toBeTypeOf('function')
})

test('functions of checks are typed from their definitions, and own ones from theirs', () => {
  const id = people.column('id')
  const ownOnes = () =>
    defineCheck.row({
      kind: 'typed',
      parameters: [parameters.number('step', { doc: 'x', example: '1' }), parameters.bounds],
      title: ({ step, bounds }) => `${step.toFixed()} ${String(bounds.min)}`,
      expected: () => 'x',
      breaks: ({ value }, { step }) => sql`${value} > ${step}`,
    })
  const judged = (): unknown[] => [
    valuesBetween(id, { min: 0n, lt: 5 }, { mostly: 0.9 }) satisfies Check,
    uniqueKey(people) satisfies Check,
    uniqueKey(people, 'id', { nulls: 'fail' }) satisfies Check,
    keyExists(people, 'id', people, ['id'], { severity: 'warn' }) satisfies Check,
    ownOnes()(id, 2, { min: 0 }, { allowEmpty: true }) satisfies Check,
    expect(people).toMeet(rowCount(people, 1)),
    expect(id).toMeet((column) => valuesBetween(column, { min: 0 })),
    expect(people).toMeetAll([rowCount(people, 1), uniqueKey]),
    expect(people).toSatisfyRows((row) => row.id > 0, { mostly: 0.5 }),
    // @ts-expect-error limits are an object
    valuesBetween(id, 3),
    // @ts-expect-error an option that does not exist
    valuesBetween(id, { min: 0 }, { mostley: 0.9 }),
    // @ts-expect-error a limit that does not exist
    valuesBetween(id, { mni: 0 }),
    // @ts-expect-error a type that does not exist
    valuesOfType(id, 'intger'),
    // @ts-expect-error a dataset where a column belongs
    valuesBetween(people, { min: 0 }),
    // @ts-expect-error an option of another check
    rowCount(people, 1, { mostly: 0.5 }),
    // @ts-expect-error a parameter of its own is a number
    ownOnes()(id, '2', { min: 0 }),
    // @ts-expect-error a parameter is missing
    ownOnes()(id, 2),
    // @ts-expect-error no check
    expect(people).toMeet({}),
  ]
  expect(judged).toBeTypeOf('function')
})
