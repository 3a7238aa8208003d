// A table as it is opened here, and what sets it apart from a reference.
import { built } from '../lib.mjs'

const branded = (piece) => Object.defineProperty(piece, Symbol.for('assay.sql'), { value: true })
const sql = (parts, ...holes) => branded({ parts, holes })
const id = (name) => sql(['', ''], branded({ identifier: [name] }))

/** The names, the texts of the cells where they have one, the values, and how many findings; or why it was not opened. */
export async function opened(file, options = {}) {
  const { dataset } = await built('src/dataset/dataset.js')
  const { relationOf } = await built('src/dataset/opened.js')
  try {
    const data = dataset(file, options)
    const relation = await relationOf(data)
    const { columns, engine, numbered, findings, textual } = relation
    const { total = 0, first = [] } = (await findings?.()) ?? {}
    const names = columns.map(({ name }) => name)
    if (!textual) return { names, rows: await data.rows(), findings: total, first: JSON.stringify(first[0]) }
    const cells = columns.map(({ name, cellName, rawName }) => id(cellName ?? rawName ?? name))
    const list = sql(['', ...cells.map((_, i) => (i < cells.length - 1 ? ', ' : ''))], ...cells)
    const rows = await engine.query(sql`select ${list} from ${numbered} order by ${id('__assay_row')}`)
    return { names, texts: rows, findings: total, first: JSON.stringify(first[0]) }
  } catch (error) {
    return { error: String(error.message).slice(0, 200), ours: error.name === 'AssayError' }
  }
}

/** What differs first, in words; undefined where every cell is the same. */
export function differenceOf({ names, rows, texts }, reference) {
  if (reference.names && JSON.stringify(names) !== JSON.stringify(reference.names))
    return `columns ${brief(names)} where the reference has ${brief(reference.names)}`
  if (reference.set && !(names.length === reference.set.length && names.every((name) => reference.set.includes(name))))
    return `columns ${brief(names)} where the reference has ${brief(reference.set)}`
  const own = texts ?? rows
  if (own.length !== reference.rows.length) return `${own.length} rows where the reference has ${reference.rows.length}`
  for (const [i, row] of own.entries()) {
    const other = reference.rows[i]
    for (const [at, name] of names.entries()) {
      const value = texts ? row[at] : row[name]
      const wanted = Array.isArray(other) ? other[at] : other[name]
      if (!(texts ? sameText(value, wanted) : same(value, wanted)))
        return `row ${i + 1}, ${JSON.stringify(name)}: ${brief(value)} where the reference has ${brief(wanted)}`
    }
  }
  return undefined
}

const brief = (value) =>
  String(JSON.stringify(value, (_, one) => (typeof one === 'bigint' ? `${one}n` : one))).slice(0, 120)
const sameText = (own, wanted) => String(own ?? '') === String(wanted ?? '').replace(/^\uFEFF/, '')

/** The same value: integers as numbers or bigints, instants as dates or their milliseconds, absent as null. */
function same(own, wanted) {
  if ((own ?? null) === null || (wanted ?? null) === null) return (own ?? null) === (wanted ?? null)
  if (Object.is(own, wanted)) return true
  if (own instanceof Date) return sameInstant(own, wanted)
  if (typeof own === 'bigint' || typeof wanted === 'bigint')
    return isWhole(own) && isWhole(wanted) && BigInt(own) === BigInt(wanted)
  if (typeof own === 'number' && typeof wanted === 'number')
    return own === wanted || (Number.isNaN(own) && Number.isNaN(wanted))
  if (typeof own === 'string' || typeof wanted === 'string') return sameWritten(own, wanted)
  if (ArrayBuffer.isView(own) || Array.isArray(own)) {
    const [a, b] = [Array.from(own), Array.from(wanted ?? [])]
    return a.length === b.length && a.every((one, i) => same(one, b[i]))
  }
  if (typeof own !== 'object' || typeof wanted !== 'object') return false
  const names = [...new Set([...Object.keys(own), ...Object.keys(wanted)])]
  return names.every((name) => same(own[name], wanted[name]))
}

const isWhole = (value) => typeof value === 'bigint' || Number.isInteger(value)
const sameInstant = (own, wanted) =>
  wanted instanceof Date
    ? own.getTime() === wanted.getTime()
    : typeof wanted === 'number'
      ? own.getTime() === wanted
      : new Date(String(wanted)).getTime() === own.getTime()

/** Decimals and times are texts in one of the readers. */
function sameWritten(own, wanted) {
  if (typeof own === 'number' || typeof wanted === 'number') return String(own) !== '' && Number(own) === Number(wanted)
  if (wanted instanceof Date) return sameInstant(new Date(/[zZ]|[+-]\d\d:?\d\d$/.test(own) ? own : `${own}Z`), wanted)
  return false
}
