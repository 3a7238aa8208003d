import { expect, test } from 'vitest'
import { boolean, date, integer, number, readSchema, string, table, timestamp } from '../../src/contracts/index.ts'
import { thrown } from '../helpers/judge.ts'

const full = table({
  id: integer().unique(),
  amount: number().between({ min: 0, lt: 1e4 }).mostly(0.99).nullable(),
  email: string().matches(/@/u).length({ min: 3, max: 80 }).pii().optional(),
  status: string().oneOf('a', 'b').warn().nullable(),
  at: timestamp(),
  active: boolean(),
  day: date(),
  ['__proto__']: integer(),
}).key('id')

test('a table is the same schema after it was written as JSON and read again', async () => {
  for (const built of [full, full.extraColumns('fail'), table({ id: integer() })]) {
    const json = JSON.parse(JSON.stringify(built)) as Record<string, unknown>
    const { whole, ...read } = await readSchema(json)
    expect(read).toEqual(built.schema)
    expect(whole).toEqual(json)
  }
  expect(full.extraColumns('fail').toJSON()).toMatchObject({
    properties: {
      amount: {
        type: ['number', 'null'],
        minimum: 0,
        exclusiveMaximum: 1e4,
        'x-assay': { mostly: 0.99, present: true },
      },
    },
    required: ['id', 'at', 'active', 'day', '__proto__'],
    additionalProperties: false,
    'x-assay': { key: ['id'] },
  })
})

test('every method returns a new one', () => {
  const base = integer()
  base.unique().optional().between({ min: 1 })
  expect(base.schema).toEqual({ required: true, rules: { type: 'integer' } })
  const bare = table({ id: base })
  bare.key('id').extraColumns('fail')
  expect(bare.schema).toMatchObject({ key: [], extraColumns: 'allow' })
})

test('nullable comes before or after the values it adds null to', () => {
  expect(string().nullable().oneOf('a').schema).toEqual(string().oneOf('a').nullable().schema)
})

test('a wrong question is refused where it is asked', () => {
  expect(thrown(() => integer().between({}))).toMatch(/no limit/)
  expect(thrown(() => integer().mostly(0))).toMatch(/mostly\(\) got 0/)
  expect(thrown(() => string().oneOf())).toMatch(/no value/)
  expect(thrown(() => string().oneOf(1 as never))).toMatch(/oneOf\(\) of a column of type string got 1/)
  expect(thrown(() => string().matches(/a/i))).toMatch(/no place for flag i/)
  expect(thrown(() => string().matches('('))).toMatch(/not valid under flag u/)
  expect(thrown(() => string().length({ min: 1.5 }))).toMatch(/whole number/)
  expect(thrown(() => table({ id: 'integer' as never }))).toMatch(/got "integer" for the column "id"/)
  expect(thrown(() => full.key('idd'))).toMatch(/did you mean "id"/)
  expect(thrown(() => full.extraColumns('no' as never))).toMatch(/'allow' or 'fail'/)
})
