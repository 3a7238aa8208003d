// What other readers make of a file: `{ names, rows }`, `{ refused }` with their reason, or nothing where there is none.
import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { tableFromIPC } from 'apache-arrow'
import { parse } from 'csv-parse/sync'

const isRecord = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The reference of a file; `folder` is where the other readers are installed. */
export async function referenceOf(file, folder) {
  try {
    return (await reader(file)(readFileSync(file), file, folder)) ?? {}
  } catch (error) {
    return { refused: String(error.message).split('\n')[0] }
  }
}

function reader(file) {
  switch (extname(file)) {
    case '.gz':
      return (bytes, name, folder) => reader(basename(name, '.gz'))(gunzipSync(bytes), name, folder)
    case '.csv':
      return delimited
    case '.tsv':
      return (bytes) => delimited(bytes, undefined, undefined, '\t')
    case '.json':
      return document
    case '.jsonl':
    case '.ndjson':
      return lines
    case '.arrow':
    case '.feather':
      return arrow
    case '.parquet':
      return parquet
    case '.xlsx':
      return sheet
    default:
      return () => undefined
  }
}

function delimited(bytes, file, folder, delimiter) {
  const twin = file && join(dirname(dirname(file)), 'json', basename(file).replace('.csv', '.json'))
  if (twin && existsSync(twin)) return recordsOf(JSON.parse(readFileSync(twin, 'utf8')))
  if (!isUtf8(bytes) || bytes.includes(0)) return undefined
  const rows = parse(bytes, {
    bom: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    delimiter: delimiter ?? likely(bytes.toString()),
  })
  while (rows.length > 0 && rows[0].every((cell) => cell === '')) rows.shift()
  const [names, ...body] = rows
  if (!names) return { refused: 'it is empty' }
  // A line without a character is no record of several cells.
  return { names, rows: names.length === 1 ? body : body.filter((row) => row.length > 1 || row[0] !== '') }
}

/** The delimiter of which the first lines have most. */
function likely(text) {
  const head = text
    .split(/\r\n|\n|\r/)
    .slice(0, 5)
    .join('\n')
  const count = (mark) => head.split(mark).length
  return [',', ';', '\t', '|'].reduce((most, one) => (count(one) > count(most) ? one : most))
}

function document(bytes) {
  const value = JSON.parse(bytes.toString().replace(/^\uFEFF/, ''))
  if (Array.isArray(value)) return value.every(isRecord) ? recordsOf(value) : undefined
  if (!isRecord(value)) return undefined
  const lists = Object.values(value).filter((one) => Array.isArray(one) && one.length > 0 && one.every(isRecord))
  return lists.length === 1 ? recordsOf(lists[0]) : undefined
}

function lines(bytes) {
  const values = bytes
    .toString()
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line))
  return values.every(isRecord) ? recordsOf(values) : undefined
}

// JavaScript puts names that are numbers first, wherever they stand in a text.
const recordsOf = (rows) => ({ set: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows })

function arrow(bytes) {
  const found = tableFromIPC(bytes)
  return { names: found.schema.fields.map(({ name }) => name), rows: found.toArray().map((row) => row.toJSON()) }
}

async function parquet(bytes, _file, folder) {
  const load = (name) => import(pathToFileURL(createRequire(join(folder, 'x.js')).resolve(name)).href)
  const { parquetReadObjects } = await load('hyparquet')
  const { compressors } = await load('hyparquet-compressors')
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  return { rows: await parquetReadObjects({ file, compressors }) }
}

/** A time of day of a workbook that counts from 1904 is of its own first day; SheetJS says that of the others. */
const otherEpoch = ['times_1904.xlsx']

function sheet(bytes, file, folder) {
  if (otherEpoch.includes(basename(file))) return undefined
  const xlsx = createRequire(join(folder, 'x.js'))('xlsx')
  const book = xlsx.read(bytes, { cellDates: true, UTC: true })
  const first = book.Sheets[book.SheetNames[0]]
  const [names, ...rows] = xlsx.utils.sheet_to_json(first, { header: 1, raw: true, UTC: true, blankrows: false })
  if (!names || names.length === 0) return { refused: 'its first sheet is empty' }
  return { names: Array.from(names, String), rows }
}
