// The contract that every peer can say: 31 constraints over the 20 columns of contractSpec.mjs, and its data, clean and dirty.
import { extname } from 'node:path'
import { channels, columns, countries, statuses } from '../../contractSpec.mjs'

/** By column, the value that breaks its constraints; every second one is missing where missing is a fault too. */
const orMissing = (value) => `case when i % 2 = 0 then null else ${value} end`
const broken = {
  id: 'i',
  k1: 'null',
  k2: '-1',
  qty: orMissing('500'),
  stock: '-7',
  views: orMissing('-1'),
  price: orMissing('-1.5'),
  score: '1.25',
  lat: orMissing('90.5'),
  amount: '0',
  status: orMissing(`'bogus'`),
  country: orMissing(`'ZZZ'`),
  sku: `'SKU_1'`,
  email: orMissing(`'nobody'`),
  hash: `'xyz'`,
  channel: `'fax'`,
  note: `'LOREM 1'`,
  day: 'null',
  at: 'null',
  active: 'null',
}

const ways = { '.csv': 'format csv, header', '.jsonl': 'format json', '.parquet': 'format parquet, compression zstd' }

/** SQL that writes the table; `share` of the rows of each column, in 10,000, break its constraints. */
export function written(rows, share, path) {
  const selected = Object.entries(columns).map(([name, [type, good]], n) => {
    const value =
      share > 0 ? `case when hash(i, ${900 + n}) % 10000 < ${share} then ${broken[name]} else ${good} end` : good
    return `(${value})::${name === 'amount' ? 'double' : type} as "${name}"`
  })
  return `copy (select ${selected.join(', ')} from range(${rows}) r(i)) to '${path}' (${ways[extname(path)]})`
}

const required = ['id', 'k1', 'qty', 'views', 'price', 'lat', 'status', 'country', 'email', 'day', 'at', 'active']
const ranges = {
  k2: [0, 999],
  qty: [1, 100],
  stock: [0, 999_999],
  views: [0, 999_999_999_999],
  price: [0.3, 1200],
  score: [0, 1],
  lat: [-90, 90],
  amount: [0.01, 100_000.01],
}
const sets = { status: statuses, country: [...new Set(countries)], channel: channels }
const patterns = {
  sku: '^SKU-[0-9]{6}$',
  email: '^[^@ ]+@[^@ ]+\\.com$',
  hash: '^[0-9a-f]{32}$',
  note: '^[a-z ]+$',
}
const lengths = { country: 2, sku: 10, hash: 32 }
const each = (object, make) => Object.entries(object).map(([column, value]) => ({ column, ...make(value) }))

export const constraints = [
  ...required.map((column) => ({ kind: 'notnull', column })),
  ...each(ranges, ([min, max]) => ({ kind: 'range', min, max })),
  ...each(sets, (values) => ({ kind: 'set', values })),
  ...each(patterns, (pattern) => ({ kind: 'regex', pattern })),
  ...each(lengths, (length) => ({ kind: 'length', min: length, max: length })),
  { kind: 'unique', column: 'id' },
].map((constraint) => ({ name: `${constraint.kind}.${constraint.column}`, ...constraint }))
