import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, type ValueType, valuesOfType } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { lexical, typeOfTexts } from '../../../src/cells/lexical.ts'
import { textFiles } from './helpers.ts'
import { id, sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { rowsOf } from '../../helpers/blocks.ts'

const file = textFiles()
const SEED = 20_261_124

/** What the documentation says of each type, without a look at the patterns. */
const documented: Record<Exclude<ValueType, 'string'>, { yes: string[]; no: string[] }> = {
  integer: {
    yes: [
      '0',
      '-1',
      '+7',
      '9223372036854775807',
      '170141183460469231731687303715884105727',
      '170141183460469231731687303715884105728',
    ],
    no: ['007', '1.0', '1e3', '1,234', ' 1', '0x1F', '', '-', '１'],
  },
  number: {
    yes: ['0', '1.5', '1.', '.5', '-1e-7', '1E400'.replace('400', '300'), '12345678901234567890'],
    no: ['007', '1,5', '1 000', 'NaN', 'Infinity', '-Infinity', 'inf', '.', 'e5', '1e', '1_000', '0x1F', '5%'],
  },
  boolean: { yes: ['true', 'FALSE', 'True', 't', 'f'], no: ['yes', 'T', 'F', 'tr', '1', '0', 'wahr', 'on'] },
  date: {
    yes: ['2024-02-29', '0001-01-01', '9999-12-31'],
    no: ['2023-02-29', '2024-2-9', '29.02.2024', '2024-13-01', '20240229', '2024-02-29T00:00', 'infinity', 'today'],
  },
  timestamp: {
    yes: ['2024-02-29T10:00', '2024-02-29 10:00:00', '2024-02-29T10:00:00.123456'],
    no: ['2024-02-29', '2024-02-29T25:00', '2024-02-30T10:00', '2024-02-29T10:00Z', 'now'],
  },
  timestamptz: {
    yes: [
      '2024-02-29T10:00:00Z',
      '2024-02-29 10:00:00+02:00',
      '2024-02-29T10:00:00.5-0530',
      '2024-02-29 10:00:00+00',
      '2024-02-29 10:00:00 UTC',
      '2024-02-29 10:00:00.000 +0000',
    ],
    no: [
      '2024-02-29T10:00',
      '2024-02-29T10:00Z',
      '2024-02-30T10:00:00Z',
      '2024-02-29 10:00:00  +00',
      '2024-02-29 10:00:00 CET',
      '2024-02-29 10:00:00 utc',
      '2024-02-29 10:00:00+1',
    ],
  },
  time: { yes: ['10:00', '23:59:59', '00:00:00.000001'], no: ['25:00', '10', '10:60', '10:00 PM', '9:00'] },
}

test.each(Object.entries(documented))('%s: what is one and what is none', async (type, { yes, no }) => {
  const cells = [...yes, ...no]
  // A second column keeps the empty text from being a blank line.
  const text = `a,b\n${cells.map((cell) => `"${cell}",x`).join('\n')}\n`
  const data = dataset(file(`${type}.csv`, text), { missing: [], types: { a: type as ValueType } })
  const [result] = await evaluate(valuesOfType(data.column('a'), type as ValueType))
  expect(rowsOf(result)?.rows.map(([cell]) => cell)).toEqual(no)
})

const wide = '170141183460469231731687303715884105727'

test.each([
  [['1', '9223372036854775807', '-9223372036854775808'], { type: 'integer' }],
  [['1', '9223372036854775808'], { type: 'integer', native: 'HUGEINT' }],
  [[wide, '1'], { type: 'integer', native: 'HUGEINT' }],
  [['1', `${wide}0`], { type: 'string' }],
  [['1', `1${'0'.repeat(40)}`], { type: 'number' }],
  [['1.5', '0.30000000000000004', '1e300', '.1', '0.1000000000000000055511151231257827'], { type: 'number' }],
  [['12345678901234567.89', '1'], { type: 'decimal', native: 'DECIMAL(38,11)' }],
  [['0.30000000000000000001', '1234'], { type: 'decimal', native: 'DECIMAL(38,27)' }],
  [['9223372036854775807', '1.5'], { type: 'decimal', native: 'DECIMAL(38,10)' }],
  [['0.30000000000000000001', '1e5'], { type: 'string' }],
  [['+00012'], { type: 'string' }],
] as const)('no text of %j is rounded: read as %j', (texts, type) => {
  expect(typeOfTexts(texts)).toEqual(type)
})

test(`a cell is of the first type whose grammar and cast it passes, alone or in a column (seed ${SEED})`, async () => {
  const types = ['integer', 'number', 'boolean', 'date', 'timestamp', 'timestamptz', 'time'] as const
  const near = fc.stringMatching(/^[+-]?[0-9tTrRuUeEfFaAlLsSZ.:+\- ]{0,12}$/)
  const shaped = fc.oneof(...types.map((type) => fc.stringMatching(new RegExp(lexical[type] as string))))
  const instants = fc
    .date({ noInvalidDate: true, min: new Date('0001-01-01'), max: new Date('9999-12-31') })
    .chain((date) =>
      fc
        .constantFrom([0, 10], [0, 16], [0, 19], [0, 23], [0, 24], [11, 16], [11, 23])
        .map(([from, to]) => date.toISOString().slice(from, to)),
    )
  const cells = fc.sample(fc.oneof(near, shaped, instants), { numRuns: 800, seed: SEED })
  const text = `a,b\n${cells.map((cell) => `"${cell}",x`).join('\n')}\n`
  const source = file('cells.csv', text)
  for (const type of types) {
    const pattern = new RegExp(lexical[type] as string)
    const data = dataset(source, { missing: [], types: { a: type } })
    const [result] = await evaluate(valuesOfType(data.column('a'), type))
    const { engine, from } = await relationOf(data)
    const query = sql`select count(*) from (select a, ${id('a\u{1}text')} as text from ${from}) where a is not null`
    const [cast] = await engine.query(query)
    const fits = cells.filter((cell) => pattern.test(cell)).length
    const valid = cells.length - Number(result?.counts?.failed)
    // Valid is what passes both, so no more than passes either.
    expect(valid, type).toBeLessThanOrEqual(Math.min(fits, Number(cast?.[0])))
    expect(valid, type).toBeGreaterThan(20)
    for (const cell of cells.filter((one) => typeOfTexts([one]).type === type))
      expect(pattern.test(cell), cell).toBe(true)
  }
})
