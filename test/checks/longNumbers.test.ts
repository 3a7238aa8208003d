import { expect, test } from 'vitest'
import {
  columnsAscending,
  evaluate,
  maxBetween,
  sameSum,
  valuesBetween,
  valuesIncreasing,
} from '../../src/checks/index.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { temporaryFile } from '../helpers/files.ts'

const LONG = '1234567890123456789012345678901234567890'

async function sources(texts: readonly string[], type: 'integer' | 'decimal'): Promise<Record<string, Dataset>> {
  const records = texts.map((v) => ({ v }))
  const types = { v: type }
  return {
    records: dataset(records, { types }),
    columns: dataset({ v: [...texts] }, { types }),
    stream: dataset(records.values(), { types }),
    csv: dataset(await temporaryFile('long.csv', `v\n${texts.join('\n')}\n`), { types }),
    json: dataset(await temporaryFile('long.json', JSON.stringify(records)), { types }),
  }
}

test.each([
  ['integer', ['1', LONG], 0n],
  ['integer', ['-1', `-${LONG}`], 0n],
  ['decimal', ['1.5', LONG], 0n],
  ['decimal', ['-.5', `-${LONG}.25`], 25n],
] as const)(
  'limits compare all digits of numbers that are too long for the type %s: %j',
  async (type, texts, hundredths) => {
    const sign = texts[1].startsWith('-') ? -1n : 1n
    const truth = sign * (BigInt(LONG) * 100n + hundredths)
    for (const [name, data] of Object.entries(await sources(texts, type)))
      for (const by of [-1n, 0n, 1n]) {
        const limit = sign * BigInt(LONG) + by
        const v = data.column('v')
        const results = await evaluate([
          valuesBetween(v, { max: limit }),
          valuesBetween(v, { min: limit }),
          valuesBetween(v, { gt: limit }),
          valuesBetween(v, { lt: limit }),
        ])
        const other = BigInt(Math.round(Number(texts[0]) * 100))
        const holds = (rule: (value: bigint) => boolean): number =>
          [other, truth].filter((value) => !rule(value)).length
        const at = limit * 100n
        expect(
          results.map(({ counts }) => counts?.failed),
          `${name} ${by}`,
        ).toEqual([
          holds((value) => value <= at),
          holds((value) => value >= at),
          holds((value) => value > at),
          holds((value) => value < at),
        ])
      }
  },
)

test('what needs their values is an error that says so, and never that they are no numbers', async () => {
  for (const type of ['integer', 'decimal'] as const)
    for (const [name, data] of Object.entries(await sources(['1', LONG], type))) {
      const v = data.column('v')
      const both = name === 'stream' ? [] : [sameSum(data, data, 'v')]
      for (const result of await evaluate([maxBetween(v, { max: 10n ** 50n }), valuesIncreasing(v), ...both])) {
        expect(result, `${type} ${name}`).toMatchObject({ status: 'error' })
        expect(result.message).toMatch(
          /^1 cell of column "v" has more digits than an? (integer|decimal) of (64 bits|38 digits) holds\n/,
        )
      }
    }
})

test('beside cells that are no numbers they are an error, too', async () => {
  const data = dataset(
    [
      { a: '1', b: '2' },
      { a: LONG, b: 'n/a' },
      { a: 'n/a', b: '3' },
    ],
    { types: { a: 'decimal' } },
  )
  const [between, ascending] = await evaluate([
    valuesBetween(data.column('a'), { min: 0 }),
    columnsAscending(data, ['a', 'b']),
  ])
  expect([between?.status, ascending?.status]).toEqual(['error', 'error'])
})

test('a fraction with more digits than any decimal is more than the limit that it is near to', async () => {
  const near = `0.1${'0'.repeat(45)}1`
  for (const type of ['number', 'decimal'] as const) {
    const data = dataset([{ v: '0.1' }, { v: near }], { types: { v: type } })
    const results = await evaluate([
      valuesBetween(data.column('v'), { max: 0.1 }),
      valuesBetween(data.column('v'), { gt: 0.1 }),
      valuesBetween(data.column('v'), { min: 0.1 }),
    ])
    expect(
      results.map(({ counts }) => counts?.failed),
      type,
    ).toEqual([1, 1, 0])
  }
})
