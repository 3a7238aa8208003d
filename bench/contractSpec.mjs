// A contract of 100 constraints over 20 columns: the data, the checks, and the same numbers asked for by hand.

export const statuses = ['new', 'paid', 'packed', 'shipped', 'returned']
export const channels = ['web', 'app', 'shop', 'phone']
export const countries = Array.from({ length: 50 }, (_, i) => String.fromCharCode(65 + (i >> 3), 65 + (i % 26)))
const list = (values) => values.map((value) => `'${value}'`).join(', ')
const pick = (values, seed) => `list_extract([${list(values)}], (hash(i, ${seed}) % ${values.length} + 1)::int)`
const some = (share, expression, seed) => `case when hash(i, ${seed}) % 100 < ${share} then null else ${expression} end`
const unit = (seed) => `((hash(i, ${seed}) % 1000003) / 1000003.0)::double`

/** Column name to SQL type and expression over the row number `i`. */
export const columns = {
  id: ['bigint', 'i + 1'],
  k1: ['integer', 'i // 1000'],
  k2: ['integer', 'i % 1000'],
  qty: ['integer', 'hash(i, 1) % 100 + 1'],
  stock: ['integer', some(5, 'hash(i, 2) % 1000000', 3)],
  views: ['bigint', 'hash(i, 4) % 1000000000000'],
  price: ['double', `exp(${unit(5)} * 8 - 1)`],
  score: ['double', some(5, unit(6), 7)],
  lat: ['double', `${unit(8)} * 180 - 90`],
  amount: ['decimal(12,2)', '(hash(i, 9) % 10000000 + 1) / 100'],
  status: ['varchar', pick(statuses, 10)],
  country: ['varchar', pick(countries, 11)],
  sku: ['varchar', `format('SKU-{:06d}', (hash(i, 12) % 100000)::bigint)`],
  email: ['varchar', `format('user{}@example.com', (hash(i, 13) % 1000000)::bigint)`],
  hash: ['varchar', 'md5(i::varchar)'],
  channel: ['varchar', some(10, pick(channels, 14), 15)],
  note: ['varchar', some(20, `repeat('lorem ipsum ', (hash(i, 16) % 5 + 1)::int)`, 17)],
  day: ['date', `date '2020-01-01' + (hash(i, 18) % 2000)::int`],
  at: ['timestamp', `timestamp '2020-01-01' + to_seconds((hash(i, 19) % 150000000)::bigint)`],
  active: ['boolean', 'hash(i, 20) % 2 = 0'],
}

/** SQL that writes the data. */
export function generate(rows, path, format) {
  const selected = Object.entries(columns).map(([name, [type, expression]]) => `(${expression})::${type} as "${name}"`)
  const how = format === 'csv' ? 'format csv, header' : 'format parquet, compression zstd'
  return `copy (select ${selected.join(', ')} from range(${rows}) r(i)) to '${path}' (${how})`
}

const limits = {
  id: [0, 1e9],
  k1: [0, 1e6],
  k2: [0, 1000],
  qty: [1, 101],
  stock: [0, 1e6],
  views: [0, 1e12],
  price: [0.3, 1200],
  score: [0, 1],
  lat: [-90, 90],
  amount: [0.01, 1e5],
}
const patterns = {
  status: '^[a-z]+$',
  country: '^[A-Z]{2}$',
  sku: '^SKU-[0-9]{6}$',
  email: '^[^@ ]+@[^@ ]+\\.com$',
  hash: '^[0-9a-f]{32}$',
  channel: '^[a-z]+$',
  note: '^[a-z ]+$',
}
const lengths = { status: 8, country: 2, sku: 10, email: 22, hash: 32, channel: 5, note: 60 }
const types = {
  id: ['integer', 'bigint'],
  qty: ['integer', 'bigint'],
  stock: ['integer', 'bigint'],
  views: ['integer', 'bigint'],
  price: ['number', 'double'],
  score: ['number', 'double'],
  lat: ['number', 'double'],
  day: ['date', 'date'],
  at: ['timestamp', 'timestamp'],
  active: ['boolean', 'boolean'],
}

/** The types as which text is cast by hand. */
export const casts = Object.fromEntries(Object.entries(columns).map(([name, [type]]) => [name, type]))

/**
 * The 100 constraints: the kind, the column, the check's arguments, and by hand the condition of a broken row (never
 * true for null). `slack` is the share of rows that may break it.
 */
export function constraints() {
  const all = []
  const add = (kind, column, args, broken, slack = 0) => all.push({ kind, column, args, broken, slack })
  const quoted = (name) => `"${name}"`
  for (const name of Object.keys(columns)) add('noMissing', name, [], undefined, 0.3)
  for (const [name, [type]] of Object.entries(types))
    add('valuesOfType', name, [type], type === 'number' ? `not isfinite(${quoted(name)})` : undefined)
  for (const [name, [min, max]] of Object.entries(limits)) {
    const q = quoted(name)
    const open = ['price', 'score', 'lat'].includes(name) ? ` or not isfinite(${q})` : ''
    add('valuesBetween', name, [{ min, max }], `${q} < ${min} or ${q} > ${max}`)
    add('valuesBetween', name, [{ min: min - 1 }], `${q} < ${min - 1}${open}`)
    add('valuesBetween', name, [{ lt: max * 0.9 }], `${q} >= ${max * 0.9}${open}`, 0.3)
  }
  for (const name of ['id', 'price', 'amount'])
    add('valuesBetween', name, [{ gt: 0, max: 1e10 }], `"${name}" <= 0 or "${name}" > 1e10`)
  const sets = [
    ['status', statuses],
    ['status', statuses.slice(1)],
    ['country', countries],
    ['country', countries.slice(5)],
    ['channel', channels],
  ]
  for (const [name, values] of sets) add('valuesIn', name, [values], `${quoted(name)} not in (${list(values)})`, 0.3)
  add('valuesIn', 'active', [[true]], 'not active', 0.6)
  for (const [name, pattern] of Object.entries(patterns))
    add('valuesMatching', name, [new RegExp(pattern, 'u')], `not regexp_matches(${quoted(name)}, '${pattern}')`)
  for (const [name, longest] of Object.entries(lengths)) {
    const length = `length(${quoted(name)})`
    add('valueLengthBetween', name, [{ min: 1, max: longest }], `${length} < 1 or ${length} > ${longest}`)
    add('valueLengthBetween', name, [{ min: 2 }], `${length} < 2`)
    add('valueLengthBetween', name, [{ lt: longest + 1 }], `${length} >= ${longest + 1}`)
  }
  add('rowCount', undefined, [{ min: 1 }])
  add('uniqueKey', ['id'], [])
  add('uniqueKey', ['k1', 'k2'], [])
  return all
}
