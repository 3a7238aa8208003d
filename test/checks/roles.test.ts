import { expect, test } from 'vitest'
import { catalogue } from '../../src/checks/catalogue.ts'
import type { Check } from '../../src/checks/check.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { resultIds } from '../../src/results/resultId.ts'
import { sql } from '../../src/sql/sql.ts'

const rows = dataset([{ id: 1, amount: 1, country: 'a' }], { name: 'orders', key: 'id' })
const other = dataset([{ id: 1, amount: 1, country: 'a' }], { name: 'customers', key: ['id', 'amount'] })

/** What is passed for each parameter, by its name. */
const passed: Readonly<Record<string, unknown>> = {
  bounds: { min: 1 },
  column: 'amount',
  columns: ['id', 'amount'],
  key: undefined,
  other,
  pattern: /a/u,
  type: 'integer',
  values: [1],
  distribution: { 1: 0.5 },
  age: { hours: 1 },
  condition: sql`id > 0`,
}

type Ask = (receiver: unknown, ...given: readonly unknown[]) => Check

/** Each option of each kind, with checks that differ in nothing else. */
const all = catalogue().flatMap((kind) =>
  kind.options.list.map((option) => {
    const ask = (told: object): Check => {
      const given = kind.parameters.map(({ name }) => passed[name])
      return (kind as unknown as Ask)(kind.receiver === 'column' ? rows.column('amount') : rows, ...given, told)
    }
    // What docs show of it: an expression.
    const example = new Function(`return (${option.example})`)() as unknown
    return {
      kind: kind.kind,
      name: option.name,
      role: option.role,
      asked: ask({ [option.name]: example }),
      plain: ask({}),
    }
  }),
)

const ids = ({ kind, subject, question }: Check) => resultIds(kind, subject, question)

test('what an option asks is another question with a history of its own; a limit is the same one with another id', () => {
  for (const { kind, name, role, asked, plain } of all) {
    const [its, before] = [ids(asked), ids(plain)]
    expect(its.id, `id of ${kind} with ${name}`).not.toBe(before.id)
    expect(its.trend === before.trend, `trend of ${kind} with ${name}`).toBe(role === 'limit')
  }
})

test('these options ask something else, and all others are limits', () => {
  const asking = all.filter(({ role, name }) => role === 'asked' && name !== 'segmentBy')
  expect(asking.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
    'columnsAscending strictly',
    'quantileBetween at',
    'standardDeviationBetween population',
    'valuesDecreasing by',
    'valuesDecreasing strictly',
    'valuesIncreasing by',
    'valuesIncreasing strictly',
    'valuesSequential by',
    'valuesSequential step',
  ])
})
