import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dataset, freeze, sql } from 'assay'
import { describe, expect, test } from 'vitest'

// Three million flights in the United States, January to June 2001, from the npm package vega-datasets.
const flights = dataset('node_modules/vega-datasets/data/flights-3m.parquet')
const month = (number: number) => flights.where(sql`extract(month from date) = ${number}`)

describe('month against month', () => {
  test('March is like February', async () => {
    await expect(month(3)).toHaveNoDriftFrom(month(2))
  })

  test('against a tighter limit, delays are found to have moved from May to June, and nothing else', async () => {
    await expect(month(6)).toHaveNoDriftFrom(month(5), { columns: ['distance', 'origin', 'destination'], limit: 0.05 })
    await expect(async () =>
      expect(month(6).column('delay')).toHaveNoDriftFrom(month(5).column('delay'), { limit: 0.05 }),
    ).rejects.toThrow(/D at most 0.05[^]*median/)
  })

  test('a frozen February does as well', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'flights-'))
    try {
      await freeze(month(2), join(folder, 'february.profile.json'))
      await expect(month(3)).toHaveNoDriftFrom(join(folder, 'february.profile.json'))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})

test('flights from Chicago are no flights from Atlanta', async () => {
  const from = (origin: string) => flights.where({ origin })
  await expect(async () => expect(from('ORD')).toHaveNoDriftFrom(from('ATL'), { except: ['origin'] })).rejects.toThrow(
    /distance[^]*destination/,
  )
})

test('a table with a key and times, split at random, is green', async () => {
  const january = dataset(sql`select row_number() over () as flight_id, * from ${flights} where date < '2001-02-01'`, {
    name: 'january',
    key: 'flight_id',
  })
  const half = (which: number) => january.where(sql`hash(flight_id) % 2 = ${which}`)
  await expect(half(0)).toHaveNoDriftFrom(half(1), { onInconclusive: 'fail' })
})
