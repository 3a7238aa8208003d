import { expect, test } from 'vitest'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import * as builders from '../../src/languages/table/builder.ts'
import { matchesSchema, suggest, type TableBuilder } from '../../src/contracts/index.ts'
import { patternOfShapes } from '../../src/contracts/patternOfShapes.ts'
import { readSchema } from '../../src/languages/readSchema.ts'
import { tableCode } from '../../src/languages/table/tableSource.ts'
import { sql } from '../../src/sql/sql.ts'

const codes = ['AB-1', 'CD-2', 'EF-3']
const rows = Array.from({ length: 4000 }, (_, i) => ({
  id: `r${String(i).padStart(5, '0')}`,
  kind: codes[i % 3],
  amount: i % 2 ? i / 8 : -i / 4,
  count: i === 7 ? 1_000_000 : i % 50,
  phone: `+${10 + (i % 80)} ${1000 + i}`,
  note: i % 4 ? `${'word '.repeat(i % 30)}${i}` : null,
  mail: `p${i}@example.com`,
  tags: [i],
}))
const fresh = () => dataset(rows, { name: 'orders 2026', pii: 'mail' })
const orders = fresh()
const data = () => orders

/** The table that generated code makes. */
function run(code: string): TableBuilder {
  const body = code.replace(/^import .*\n/, '').replace(/export const \w+ =/, 'return')
  return new Function(...Object.keys(builders), body)(...Object.values(builders)) as TableBuilder
}

const failing = async (target: Parameters<typeof matchesSchema>[0], contract: object) =>
  (await evaluate(matchesSchema(target, contract as never))).filter(({ blocking }) => blocking)

test('each suggestion says what was seen and how sure it is; together they are a contract that holds', async () => {
  const { suggestions, contract } = await suggest(data())
  const told = (column: string | undefined) => suggestions.filter((one) => one.column === column)
  expect(told('kind')).toEqual([
    {
      column: 'kind',
      constraint: 'one of ["AB-1","CD-2","EF-3"]',
      evidence: '3 different values, the rarest in 1,333 rows',
      confidence: 'high',
      because: 'none of 4,000 values breaks it, so fewer than 1 in 1,333 should',
    },
  ])
  expect(told('phone')[0]).toMatchObject({ constraint: 'matches ^\\+[0-9]{2} [0-9]{4}$', confidence: 'high' })
  expect(told('count')[0]).toMatchObject({
    constraint: 'between 0 and 270, in at least 99.9 % of the rows',
    evidence: 'values from 0 to 1,000,000, half of them up to 25, 90 % from 2 to 47',
    confidence: 'medium',
    because: '1 of 4,000 values lie beyond, and twice as many may',
  })
  expect(told('amount')[0]?.constraint).toBe('between -1,500 and 750')
  expect(told('note')[0]).toMatchObject({ constraint: '1 to 300 characters' })
  expect(told(undefined)).toMatchObject([{ constraint: 'key id', confidence: 'high' }])
  expect(told('mail')).toEqual([])
  expect(JSON.stringify(suggestions)).not.toContain('example.com')
  expect(await failing(data(), contract)).toEqual([])
  expect(await suggest(fresh())).toEqual(await suggest(data()))
})

test('the code makes the same contract, but for what the builder has no word for', async () => {
  const { code, contract } = await suggest(data())
  expect(code).toContain('export const orders2026Schema = table({')
  expect(code).toContain("  // 'tags': table() has no word for")
  const made = run(code).toJSON() as { properties: Record<string, object>; 'x-assay': object }
  const { tags: _, ...properties } = (contract as typeof made).properties
  expect(made.properties).toEqual({
    ...properties,
    note: { ...properties.note, type: ['string', 'null'], 'x-assay': { present: true } },
  })
  expect(made['x-assay']).toEqual({ key: ['id'] })
})

test('hostile names and values stay literals', async () => {
  const nasty = "'}); process.exit(1) //\u2028\\ */ `${x}`"
  const contract = {
    properties: {
      [nasty]: { type: 'string', enum: [nasty, "it's"], pattern: '^/\n*$' },
      [`${nasty}2`]: { type: ['array', 'string'], title: nasty },
    },
    required: [nasty],
  }
  const code = tableCode(await readSchema(contract), nasty)
  expect(run(code).toJSON()).toMatchObject({
    properties: { [nasty]: { type: 'string', enum: [nasty, "it's"] } },
    required: [nasty],
  })
})

test.each([
  ['birdstrikes.csv', sql`"Flight Date" < ${'1999-01-01'}`, sql`"Flight Date" >= ${'1999-01-01'}`],
  ['seattle-weather.csv', sql`date < ${'2014-07-01'}`, sql`date >= ${'2014-07-01'}`],
  ['sp500.csv', sql`price < ${1e9}`, sql`price >= ${0}`],
])('what the first part of %s suggests breaks no more often in the rest than was said', async (name, before, after) => {
  const all = dataset(`node_modules/vega-datasets/data/${name}`)
  const { contract, suggestions } = await suggest(all.where(before))
  expect(suggestions.length).toBeGreaterThan(0)
  for (const { subject, counts, title } of await failing(all.where(after), contract)) {
    // One of 5,000 birds did damage called "B", which nobody had seen before.
    const because = suggestions.find(({ column }) => column === subject.column)?.because ?? ''
    const said = Number(/1 in ([\d,]+) should/.exec(because)?.[1]?.replaceAll(',', ''))
    expect((counts?.failed ?? 1) / (counts?.tested ?? 1), title).toBeLessThan(1 / said)
  }
})

test('too few rows suggest nothing but what inference says; none are an error', async () => {
  const { suggestions } = await suggest(dataset(rows.slice(0, 10)))
  expect(suggestions).toEqual([])
  await expect(suggest(dataset([]))).rejects.toThrow(/has no rows/)
})

test('shapes become patterns that match their texts and no others', () => {
  const pattern = new RegExp(patternOfShapes(['AA-9.9', 'a(9)|']) as string, 'u')
  for (const text of ['XY-1.2', 'q(7)|']) expect(text).toMatch(pattern)
  for (const text of ['XY-1x2', 'XYZ-1.2', 'q(7)', 'XY-1.2\n']) expect(text).not.toMatch(pattern)
  expect(['', 'a…', '·'].map((shape) => patternOfShapes([shape]))).toEqual([undefined, undefined, undefined])
  expect(patternOfShapes(['a', 'aa', 'aaa', 'aaaa'])).toBeUndefined()
})
