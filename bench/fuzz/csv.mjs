// Delimited text for the fuzz: files that a writer could make, mutations of them, and a strict reader to compare with.
import { isUtf8 } from 'node:buffer'
import { parse } from 'csv-parse/sync'

export { faultOf } from './judge.mjs'

export const name = 'csv'
export const ending = 'csv'
/** What the dataset is told, so that both readers are asked the same. */
export const options = { format: 'csv', delimiter: ',' }

const lineEnds = ['\n', '\r\n', '\r']
const cells = [
  '',
  '0',
  '007',
  '-1.5',
  'x',
  'a b',
  'é',
  '漢字',
  '😀',
  'true',
  '2024-02-29',
  "it's",
  '5" pipe',
  'a,b',
  'a\nb',
  'a\r\nb',
  ' padded ',
  '""',
  '"',
  ';',
  '\t',
  'NULL',
  '9'.repeat(30),
]
/** Columns of one kind with something else in them, as exports have them. */
const kinds = [
  ['1', '2', '-3', '+4', '9223372036854775807', '9223372036854775808', '1'.repeat(22), '007'],
  ['1.5', '.5', '2.', '1e3', '-0', '0.1234567890123456789', '1e400', 'NaN', 'Infinity', '1,5'],
  ['2024-02-29', '2024-02-30', '2024-13-01', '2024-01-05 23:59:59', '0000-01-01', '2024-1-5'],
  ['2024-01-05 10:00:00', '2024-01-05T10:00', '2024-01-05 10:00:00+02', '2024-01-05 25:00:00', '2024-01-05'],
  ['true', 'FALSE', 't', 'f', 'yes', '1', 'T'],
  ['12:30', '12:30:59.5', '24:00', '12'],
]
const markers = ['', 'NA', 'n/a', 'NULL', '\\N', '-', 'null']
const names = ['', ' ', 'c0', 'C0', 'a"b', '__proto__', 'select', 'x;y', 'é', '1']

/** A well-formed file. */
export function make(random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const end = pick(lineEnds)
  const columns = 1 + Math.floor(random() * 5)
  const rows = Math.floor(random() * 30)
  const always = random() < 0.2
  const quoted = (cell) => (always || /["\r\n,]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  const hostile = random() < 0.1
  const lines = [Array.from({ length: columns }, (_, i) => (hostile && random() < 0.5 ? pick(names) : `c${i}`))]
  const ofColumn = Array.from({ length: columns }, () => {
    const kind = random() < 0.5 ? pick(kinds) : cells
    // Mostly of one value, so that its type is guessed and the others come late.
    const usual = pick(kind)
    const much = random() < 0.5 ? 0.8 : 0
    return () => (random() < much ? usual : random() < 0.1 ? pick(markers) : pick(kind))
  })
  for (let i = 0; i < rows; i++) lines.push(ofColumn.map((cell) => cell()))
  const text = lines.map((line) => line.map(quoted).join(',')).join(end)
  const mark = random() < 0.1 ? '\uFEFF' : ''
  return Buffer.from(mark + text + (random() < 0.8 ? end : ''))
}

const pieces = [
  '"',
  '""',
  ',',
  '\n',
  '\r',
  '\r\n',
  ' ',
  ',"',
  '",',
  '"\n',
  '\0',
  '\xE9',
  '\xFF',
  '\t',
  '\\',
  ' "',
  '" ',
]

/** The file with one to three things wrong with it, or none. */
export function mutate(random, bytes) {
  let text = bytes.toString('latin1')
  const times = Math.floor(random() * 4)
  for (let i = 0; i < times; i++) {
    const at = Math.floor(random() * (text.length + 1))
    const piece = pieces[Math.floor(random() * pieces.length)]
    const kind = random()
    if (kind < 0.5) text = text.slice(0, at) + piece + text.slice(at)
    else if (kind < 0.7) text = text.slice(0, at) + text.slice(at + 1 + Math.floor(random() * 3))
    else if (kind < 0.8) text = text.slice(0, at)
    else if (kind < 0.9)
      text = text.slice(0, at) + text.slice(at).replace(/\r\n|\r|\n/, lineEnds[Math.floor(random() * 3)])
    else text = text.slice(0, at) + text.slice(Math.max(0, at - 20))
  }
  return Buffer.from(text, 'latin1')
}

/** The rows as a strict reader sees them, or what it refuses. */
export function reference(bytes) {
  if (!isUtf8(bytes)) return { problem: 'not UTF-8' }
  if (bytes.includes(0)) return { problem: 'NUL' }
  const text = bytes.subarray(bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? 3 : 0)
  let records
  try {
    records = parse(text, { record_delimiter: ['\r\n', '\n', '\r'], relax_column_count: true, raw: true, info: true })
  } catch (error) {
    return { problem: error.code }
  }
  const blank = ({ raw }) => /^[\r\n]*$/.test(raw)
  // csv-parse counts a CRLF inside quotes as two lines, so lines are counted in the bytes.
  const linesBefore = (i) => (i === 0 ? '' : text.toString('latin1', 0, records[i - 1].info.bytes)).match(/\r\n|\r|\n/g)
  records.forEach((record, i) => Object.assign(record, { line: (linesBefore(i)?.length ?? 0) + 1 }))
  const ends = new Set(records.map(({ info }) => /(\r\n|\r|\n|)$/.exec(text.toString('latin1', 0, info.bytes))[1]))
  ends.delete('')
  while (records.length > 0 && blank(records[0])) records.shift()
  const [header, ...rest] = records
  if (!header) return { problem: 'empty' }
  const names = header.record
  if (new Set(names.map((one) => one.trim().toLowerCase())).size < names.length) return { problem: 'header' }
  if (names.some((one) => one.trim() === '')) return { problem: 'header' }
  if (names.length === 1 && /[\t;|]/.test(names[0])) return { unsure: true }
  const body = names.length === 1 ? rest : rest.filter((record) => !blank(record))
  if (body.some(({ record }) => record.length !== names.length)) return { problem: 'cells' }
  if (ends.size > 1) return { problem: 'line ends' }
  return { names, rows: body.map(({ record }) => record), lines: body.map(({ line }) => line) }
}
