// `node by-sql.mjs <path> [shape]`: the same numbers in the cheapest SQL that is known. Shapes: `groups` judges columns of few
// values once for each value (Parquet, where a further query costs little), `one` asks all in one scan (text).
import { argv } from 'node:process'
import { connect } from '../engine.mjs'
import { constraints } from './data.mjs'

const [path, shape = path.endsWith('.csv') ? 'one' : 'groups'] = argv.slice(2)
const connection = await connect()
const from = path.endsWith('.csv') ? `read_csv('${path}')` : `read_parquet('${path}')`
const numbersOf = async (query) => (await connection.runAndReadAll(query)).getRowsJS()[0].map(Number)

function brokenBy({ kind, column, min, max, values, pattern }) {
  if (kind === 'notnull') return `"${column}" is null`
  if (kind === 'range') return `"${column}" < ${min} or "${column}" > ${max}`
  if (kind === 'set') return `"${column}" not in (${values.map((value) => `'${value}'`).join(', ')})`
  if (kind === 'regex') return `not regexp_matches("${column}", '${pattern}')`
  return `length("${column}") < ${min} or length("${column}") > ${max}`
}

const few = shape === 'groups' ? ['status', 'country', 'channel', 'note', 'active', 'qty'] : []
const rows = constraints.filter(({ kind }) => kind !== 'unique')
const scanned = rows.filter(({ column }) => !few.includes(column))
const verdict = {}
const counts = scanned.map((one) => `count_if(${brokenBy(one)})`)
const [surplus, ...found] = await numbersOf(`select count(id) - count(distinct id), ${counts.join(', ')} from ${from}`)
scanned.forEach(({ name }, i) => (verdict[name] = found[i]))
for (const column of few) {
  const own = rows.filter((one) => one.column === column)
  const weighed = own.map((one) => `coalesce(sum(n) filter (where ${brokenBy(one)}), 0)::double`)
  const numbers = await numbersOf(
    `select ${weighed.join(', ')} from (select "${column}", count(*) as n from ${from} group by 1)`,
  )
  own.forEach(({ name }, i) => (verdict[name] = numbers[i]))
}
const repeated = `select coalesce(sum(n), 0)::double from (select count(*) as n from ${from} where id is not null group by id having n > 1)`
verdict['unique.id'] = surplus === 0 ? 0 : (await numbersOf(repeated))[0]
console.log(JSON.stringify({ verdict }))
process.exit(0)
