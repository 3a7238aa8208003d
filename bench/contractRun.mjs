// One run of the contract, in a process of its own: `node contractRun.mjs <mode> <format> <path>`; JSON on stdout.
import { peakMegabytes } from '../scripts/peak.mjs'
import { built, timed } from './lib.mjs'
import { casts, constraints } from './contractSpec.mjs'

const [name, format, path] = process.argv.slice(2)
/** `groups+marks`: keys, which are integers here, are marked in a list of bits as long as they reach. */
const mode = name.replace(/\+marks$/, '')
const marks = name !== mode
const { sharedDuckDB } = await built('src/engine/duckdb.js')
const { sql } = await built('src/index.js')
const { lexical } = await built('src/cells/lexical.js')
const all = constraints()
/** Columns of few values: judged once for each value, where a further query costs little. */
const few = ['status', 'country', 'channel', 'note', 'active', 'qty']
/** Whether cells are texts that are cast; a table of declared types stops at the first cell that is not of its own. */
const isText = format === 'csv' && mode !== 'typed-table'
const engine = await sharedDuckDB() // started in every mode, with the same threads and memory
const run = mode === 'assay' ? byAssay : byHand
const { cpu, wall, value } = await timed(run)
console.log(JSON.stringify({ cpu, wall, numbers: value, rss: peakMegabytes() }))
process.exit(0)

async function byAssay() {
  const { dataset, ...checks } = await built('src/index.js')
  const data = dataset(path)
  const asked = all.map(({ kind, column, args, slack }) => {
    const options = slack > 0 ? { mostly: Math.max(0.001, 1 - slack) } : {}
    if (kind === 'rowCount' || kind === 'uniqueKey') return checks[kind](data, ...(column ? [column] : []), ...args)
    return checks[kind](data.column(column), ...args, options)
  })
  const results = await checks.evaluate(asked)
  const bad = results.filter(({ status }) => status !== 'pass')
  if (bad.length > 0) throw new Error(`not passed: ${JSON.stringify(bad[0])}`)
  return results.map(({ counts, value }) => counts?.failed ?? value)
}

async function byHand() {
  const uniques = all.filter(({ kind }) => kind === 'uniqueKey')
  const others = all.filter(({ kind }) => kind !== 'uniqueKey')
  if (mode === 'typed-table') await query(`create temp table typed as select * from ${declared()}`)
  const from = sourceByHand()
  const uniqueCell = ({ column }) => `count(*) - count(distinct ${column.length > 1 ? `(${column})` : column})`
  const found = new Map()
  const ask = async (asked, more = []) => {
    const cells = [...new Set(['count(*)', ...asked.flatMap(cellsOf), ...more.map(uniqueCell)])]
    const [row] = await query(`select ${cells.join(', ')} from ${from}`)
    const at = (cell) => Number(row[cells.indexOf(cell)])
    for (const one of asked)
      found.set(one, one.kind === 'rowCount' ? at('count(*)') : cellsOf(one).reduce((sum, cell) => sum + at(cell), 0))
    for (const one of more) found.set(one, at(uniqueCell(one)))
  }
  if (mode === 'fused') await ask(others, uniques)
  if (mode === 'fused+keys') {
    await ask(others)
    for (const one of uniques) await ask([], [one])
  }
  if (mode === 'columns') {
    const columns = [...new Set(others.map(({ column }) => column))]
    for (const column of columns) await ask(others.filter((one) => one.column === column))
    for (const one of uniques) await ask([], [one])
  }
  if (mode === 'groups' || mode === 'typed-table') {
    const isFew = ({ column }) => few.includes(column)
    await ask(others.filter((one) => !isFew(one)))
    for (const column of few) {
      const own = others.filter((one) => one.column === column)
      const cells = own.map((one) => cellsOf(one).map(weighed).join(' + ') || '0')
      const [row] = await query(
        `select ${cells.join(', ')} from (select "${column}", count(*) as n from ${from} group by "${column}")`,
      )
      own.forEach((one, i) => found.set(one, Number(row[i])))
    }
    for (const one of uniques) {
      if (marks) found.set(one, await unmarked(one.column))
      if (marks) continue
      const [row] = await query(
        `select sum(n) - count(*) from (select count(*) as n from ${from} group by ${one.column})`,
      )
      found.set(one, Number(row[0]))
    }
  }
  return all.map((one) => found.get(one))
}

/** How many rows share their key with one before. */
async function unmarked(columns) {
  const from = sourceByHand()
  const [ends] = await query(`select ${columns.map((column) => `min(${column}), max(${column})`)} from ${from}`)
  const extents = columns.map((_, i) => ends.slice(2 * i, 2 * i + 2).map(Number))
  const place = columns.map((column, i) => `(${column}::bigint - ${extents[i][0]})`)
  const sizes = extents.map(([least, most]) => most - least + 1)
  const at = place.reduce((before, next, i) => `(${before} * ${sizes[i]} + ${next})`)
  const bits = sizes.reduce((product, size) => product * size, 1)
  const [row] = await query(`select count(*) - bit_count(bitstring_agg(${at}, 0, ${bits - 1})) from ${from}`)
  return Number(row[0])
}

function query(text) {
  return engine.query(sql(Object.assign([text], { raw: [text] })))
}

/** A number over groups of equal values, each of \`n\` rows. */
function weighed(cell) {
  const missing = /^count\(\*\) - count\((.*)\)$/.exec(cell)
  const condition = missing ? `${missing[1]} is null` : /^count_if\(([^]*)\)$/.exec(cell)[1]
  return `coalesce(sum(case when ${condition} then n end), 0)`
}

/** The cells whose sum is the number of failing rows. */
function cellsOf({ kind, column, broken, args }) {
  if (kind === 'rowCount') return ['count(*)']
  const text = isText ? `"${column}_text"` : `"${column}"`
  if (kind === 'noMissing') return [`count(*) - count(${text})`]
  // Casting is not validating (1.5 casts to the integer 2): by hand too, a cell is of its type when it is written so.
  if (kind === 'valuesOfType' && isText) {
    const grammar = lexical[args[0]]
    return [`count_if(${text} is not null and ("${column}" is null or not regexp_matches(${text}, '${grammar}')))`]
  }
  const typed = isText && casts[column] !== 'varchar'
  const unreadable = typed ? [`count(${text}) - count("${column}")`] : []
  return [...(broken ? [`count_if(${broken})`] : []), ...unreadable]
}

function declared() {
  const types = Object.entries(casts).map(([name, type]) => `'${name}': '${type}'`)
  return `read_csv('${path}', header = true, delim = ',', quote = '"', columns = {${types.join(', ')}})`
}

function sourceByHand() {
  if (mode === 'typed-table') return 'typed'
  if (format === 'parquet') return `read_parquet('${path}')`
  if (format === 'typed') return `read_csv('${path}')`
  const cells = Object.entries(casts).map(
    ([name, type]) =>
      `${type === 'varchar' ? `"${name}"` : `try_cast("${name}" as ${type}) as "${name}"`}, "${name}" as "${name}_text"`,
  )
  return `(select ${cells.join(', ')} from read_csv('${path}', all_varchar = true, header = true, delim = ',', quote = '"'))`
}
