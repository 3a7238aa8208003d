import type { ColumnProfile, DatasetSummary } from '../../../src/results/index.ts'
import { nasty } from './nasty.ts'

/** Two profiled datasets. */
export function datasets(): DatasetSummary[] {
  return [
    {
      name: 'flights',
      source: 'data/flights-231k.parquet',
      fingerprint: 'sha256:41d8c0…77',
      rows: 231_083,
      keys: [['flight_id'], ['date', 'tail_number']],
      columns: columns(231_083, [
        'flight_id',
        'date',
        'delay',
        'distance',
        'origin',
        'destination',
        'carrier',
        'tail_number',
      ]),
    },
    {
      name: 'orders',
      source: 's3://warehouse/orders/2026-11-*.parquet',
      fingerprint: 'sha256:b00f12…0a',
      rows: 1_284_310,
      columns: columns(1_284_310, [
        'order_id',
        'customer_id',
        'created_at',
        'country',
        'channel',
        'amount',
        'tax',
        'delivery_days',
        'session_s',
        'email',
        'postcode',
        'device',
        'score',
        'note',
      ]),
    },
  ]
}

const texts: Readonly<Record<string, readonly string[]>> = {
  origin: ['ORD', 'DFW', 'ATL'],
  destination: ['DFW', 'ORD', 'LAX'],
  carrier: ['WN', 'AA', 'DL'],
  tail_number: ['N308SW', 'N607SW'],
  country: ['GB', 'DE', 'FR'],
  channel: ['web', 'app', 'store'],
  email: ['a@example.com'],
  postcode: ['SW1A 1AA', '10115'],
  device: ['ios', 'android', 'desktop'],
  note: [nasty[1] as string, 'leave at door'],
  order_id: ['A2206469'],
}

function columns(rows: number, names: readonly string[]): ColumnProfile[] {
  return names.map((name, i) => {
    const top = texts[name]
    const missing = name === 'note' ? Math.round(rows * 0.842) : i % 3 === 2 ? Math.round(rows * 0.0004 * i) : 0
    const distinct = { distinct: name.endsWith('_id') ? rows : 4 + i * 1301 }
    if (top)
      return {
        name,
        type: 'string',
        missing,
        ...distinct,
        top: top.map((value, k) => ({
          value,
          count: name === 'order_id' ? 1 : Math.round(((rows - missing) * 0.4) / (k + 1)),
        })),
        lengths: { min: 0, max: 40, mean: 12.25 },
        empty: 3,
        patterns: [{ pattern: name === 'note' ? (nasty[1] as string) : 'A9999999', count: rows - missing }],
        patternCount: 1,
      }
    const counts = Array.from({ length: 18 }, (_, k) => Math.round(9000 * Math.exp(-(((k - 4 - i) / 3.4) ** 2) / 2)))
    return {
      name,
      type: name === 'date' || name === 'created_at' ? 'timestamp' : i % 2 ? 'number' : 'integer',
      missing,
      ...distinct,
      min: '0',
      max: '1 440',
      mean: 12.4,
      quantiles: { p5: '3', p25: '9', p50: '12', p75: '30', p95: '1 044' },
      histogram: { edges: counts.map((_, k) => k).concat(18), counts },
    }
  })
}
