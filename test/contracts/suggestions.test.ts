import { expect, test } from 'vitest'
import { suggest } from '../../src/contracts/suggest/suggest.ts'
import { dataset } from '../../src/dataset/dataset.ts'

type Row = Readonly<Record<string, unknown>>
const rows = (count: number, row: (i: number) => Row): Row[] => Array.from({ length: count }, (_, i) => row(i))
/** What is suggested for a column, with how sure it is. */
async function suggested(data: readonly Row[], column: string): Promise<readonly string[]> {
  const { suggestions } = await suggest(dataset([...data]))
  return suggestions.filter((one) => one.column === column).map((one) => `${one.constraint}: ${one.confidence}`)
}
const rulesOf = ({ contract }: Awaited<ReturnType<typeof suggest>>, column: string): unknown =>
  (contract.properties as Readonly<Record<string, unknown>>)[column]

test.each([
  ['month', (i: number) => 2 + (i % 9), 'between 1 and 12'],
  ['birthMonth', (i: number) => 1 + (i % 11), 'between 1 and 12'],
  ['day_of_month', (i: number) => 3 + (i % 20), 'between 1 and 31'],
  ['hour', (i: number) => 6 + (i % 12), 'between 0 and 23'],
  ['minute', (i: number) => 1 + (i % 50), 'between 0 and 59'],
  ['percent_done', (i: number) => (i % 90) + 0.5, 'between 0 and 100'],
  ['discount_pct', (i: number) => i % 60, 'between 0 and 100'],
  ['lon', (i: number) => (i % 200) - 100.25, 'between -180 and 180'],
  ['longitude', (i: number) => (i % 100) + 0.5, 'between -180 and 180'],
  ['store_lat', (i: number) => (i % 50) + 0.125, 'between -90 and 90'],
  // A small range that is full is one, whatever its name.
  ['weekday', (i: number) => i % 7, 'between 0 and 6'],
  ['w', (i: number) => 1 + (i % 53), 'between 1 and 53'],
])('%s has the range that it has by nature', async (name, value, range) => {
  expect(
    await suggested(
      rows(3000, (i) => ({ [name]: value(i) })),
      name,
    ),
  ).toEqual([`${range}: high`])
})

test.each([
  ['month', (i: number) => i % 25],
  ['hourly_wage', (i: number) => 20 + (i % 60)],
  ['flat', (i: number) => (i % 500) - 250],
])('%s of values beyond that range has it not', async (name, value) => {
  const found = await suggested(
    rows(3000, (i) => ({ [name]: value(i) })),
    name,
  )
  expect(found.join()).not.toMatch(/between (1 and 12|0 and 23|-180 and 180|-90 and 90):/)
})

test('what the last fifth of the rows breaks is a note, and no constraint', async () => {
  const data = rows(1000, (i) => ({
    n: i < 800 ? i % 10 : 5000,
    kind: i < 800 ? 'ab'[i % 2] : 'xyz'[i % 3],
    calm: i % 10,
  }))
  const found = await suggest(dataset([...data]))
  for (const column of ['n', 'kind']) {
    const [one] = found.suggestions.filter((suggestion) => suggestion.column === column)
    expect(one, column).toMatchObject({
      confidence: 'low',
      because: expect.stringMatching(/200 of 200 values of the last fifth break/),
    })
    expect(Object.keys(rulesOf(found, column) as object), column).toEqual(['type'])
  }
  expect(rulesOf(found, 'calm')).toMatchObject({ minimum: 0 })
})

test('few values are little to go by: notes, no constraints', async () => {
  const found = await suggest(dataset([...rows(120, (i) => ({ n: i % 7, code: `A-${100 + i}` }))]))
  expect(found.suggestions.length).toBeGreaterThan(0)
  expect(
    new Set(found.suggestions.filter(({ column }) => column !== undefined).map(({ confidence }) => confidence)),
  ).toEqual(new Set(['low']))
  expect(rulesOf(found, 'n')).toEqual({ type: 'integer' })
  expect(rulesOf(found, 'code')).toEqual({ type: 'string' })
})

test('names and measures make no key, though each is another; what its name says tells rows apart does', async () => {
  const accidental = (i: number) => ({
    name: `person ${i}`,
    email: `p${i}@x.org`,
    amount: i * 3,
    price: i,
    height: 100 + i,
  })
  const keyOf = async (row: (i: number) => Row) => {
    const { contract } = await suggest(dataset([...rows(500, row)]))
    return (contract['x-assay'] as { key?: unknown } | undefined)?.key
  }
  expect(await keyOf(accidental)).toBeUndefined()
  expect(await keyOf((i) => ({ ...accidental(i), order_id: 7 * i }))).toEqual(['order_id'])
})
