// What must hold of a file, whatever is in it: the rows of the strict reader, or a finding, or a clear error.

/** The generator of a run, from its seed. */
export function randomFrom(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

// Pieces of SQL are told by this symbol; made here, so that both the sources and what is built of them can be judged.
const branded = (piece) => Object.defineProperty(piece, Symbol.for('assay.sql'), { value: true })
const sql = (parts, ...holes) => branded({ parts, holes })
const id = (name) => sql(['', ''], branded({ identifier: [name] }))

/**
 * Opens rows and says what is done with them that must not be; undefined when all is well. `open` gives the relation, and
 * `values` the rows as values, each of which must say no other thing than its text.
 */
export async function faultOf(open, expected, values) {
  let relation
  let rows
  try {
    relation = await open()
    const { engine, columns, from, numbered, findings } = relation
    const cells = columns.map(({ name, cellName, rawName }) => id(cellName ?? rawName ?? name))
    const list = sql(['', ...cells.map((_, i) => (i < cells.length - 1 ? ', ' : ''))], ...cells)
    const row = id('__assay_row')
    rows = (await engine.query(sql`select ${list} from ${numbered} order by ${row}`)).map(
      // The binding hands text to JavaScript without a byte order mark at its beginning.
      (one) => one.map((cell) => String(cell ?? '').replace(/^\uFEFF/, '')),
    )
    const [[count]] = await engine.query(sql`select count(*) from ${from}`)
    if (Number(count) !== rows.length) return `count(*) is ${count}, and there are ${rows.length} rows`
    if (expected.unsure) return
    const { total, first, rowsLost } = await findings()
    if (expected.problem !== undefined)
      return total === 0 ? `the strict reader says ${expected.problem}, and there is no finding` : undefined
    if (total > 0) return `${JSON.stringify(first[0])} in a file that the strict reader takes (${rowsLost} lost)`
    const wanted = expected.rows.map((one) => one.map((cell) => cell.replace(/^\uFEFF/, '')))
    if (JSON.stringify(rows) !== JSON.stringify(wanted))
      return `rows ${JSON.stringify(rows).slice(0, 300)} where the strict reader has ${JSON.stringify(wanted).slice(0, 300)}`
    const wrong = values && valueFault(await values(), columns, wanted)
    if (wrong) return wrong
    const lines = await relation.locate(rows.map((_, i) => ({ row: i + 1 })))
    if (JSON.stringify(lines) !== JSON.stringify(expected.lines))
      return `lines ${lines} where the strict reader has ${expected.lines}`
  } catch (error) {
    if (error.name !== 'AssayError' || error.code === 'query-failed') return `${error.stack}`
    return expected.problem === undefined
      ? `an error for a file that the strict reader takes: ${error.message}`
      : undefined
  }
}

function valueFault(rows, columns, texts) {
  for (const [i, row] of rows.entries()) {
    for (const [at, { name }] of columns.entries()) {
      const text = texts[i][at]
      const value = typeof row[name] === 'string' ? row[name].replace(/^\uFEFF/, '') : row[name]
      if (!says(value, text))
        return `row ${i + 1}, ${name}: ${typeof value} ${value} where the cell is ${JSON.stringify(text)}`
    }
  }
}

/** Whether a value says what its text says, no more and no less. */
function says(value, text) {
  if ((value ?? null) === null) return text === ''
  if (typeof value === 'string') return value === text || canonicalText(value) === canonicalText(text)
  if (typeof value === 'bigint') return /^[+-]?\d+$/.test(text) && BigInt(text.replace('+', '')) === value
  if (typeof value === 'number') return sameDigits(value, text)
  if (typeof value === 'boolean') return value ? /^t(rue)?$/i.test(text) : /^f(alse)?$/i.test(text)
  const iso = text.replace(' ', 'T').replace(/(:.*[+-]\d\d)$/, '$1:00')
  const written = value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : ''
  return written.startsWith(iso.slice(0, 16)) || new Date(iso).getTime() === value.getTime?.()
}

/** Times with their seconds, decimals without the zeros that their column's scale adds. */
function canonicalText(text) {
  if (/^\d\d:\d\d$/.test(text)) return `${text}:00`
  if (/^\d\d:\d\d:\d\d\.\d+$/.test(text)) return text.replace(/0+$/, '')
  if (!/^[+-]?\d*\.?\d*$/.test(text)) return text
  return text
    .replace(/^\+/, '')
    .replace(/^(-?)\./, '$10.')
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')
    .replace(/^-0$/, '0')
}

/** The same number, and the text has no digit that a double leaves out. */
function sameDigits(value, text) {
  if (Number(text) !== value && !(Number.isNaN(value) && text === 'NaN')) return false
  const digits = (of) =>
    of
      .replace(/[eE].*/, '')
      .replace(/[^0-9]/g, '')
      .replace(/^0+|0+$/g, '')
  return digits(text).length <= 17
}

/** The same of formats whose rows are only counted. A file that the strict reader refuses may be anything but a silent success. */
export async function countFaultOf(open, expected) {
  try {
    const { engine, columns, from, findings } = await open()
    const cells = columns.slice(0, 50).map(({ name }) => id(name))
    const counts = sql([', count(', ...cells.slice(1).map(() => '), count('), ')'], ...cells)
    const [[count]] = await engine.query(sql`select count(*) ${cells.length > 0 ? counts : sql``} from ${from}`)
    const { total = 0, first = [] } = (await findings?.()) ?? {}
    if (expected.unsure) return
    if (expected.problem !== undefined)
      return total === 0 ? `the strict reader says ${expected.problem}, and there is no finding` : undefined
    if (total > 0) return `${JSON.stringify(first[0])} in a file that the strict reader takes`
    if (Number(count) !== expected.rows) return `${count} rows where the strict reader has ${expected.rows}`
  } catch (error) {
    if (error.name !== 'AssayError') return `${error.stack}`
    return expected.problem === undefined && !expected.unsure
      ? `an error for a file that the strict reader takes: ${error.message}`
      : undefined
  }
}

/** An error or a finding is an answer to a damaged file, even to one that another reader takes; other rows are not. */
export async function damagedFaultOf(open, expected) {
  const fault = await countFaultOf(open, expected)
  if (!fault || !expected.damaged) return fault
  return /^(an error|\{)/.test(fault) ? undefined : fault
}

/** One to three bytes changed, taken out or put in, or the end cut off; now and then nothing. */
export function mutateBytes(random, bytes) {
  let out = Buffer.from(bytes)
  for (let times = Math.floor(random() * 4); times > 0; times--) {
    const at = Math.floor(random() * out.length)
    const kind = random()
    if (kind < 0.6) out[at] = Math.floor(random() * 256)
    else if (kind < 0.75) out = Buffer.concat([out.subarray(0, at), out.subarray(at + 1)])
    else if (kind < 0.9)
      out = Buffer.concat([out.subarray(0, at), Buffer.from([Math.floor(random() * 256)]), out.subarray(at)])
    else out = out.subarray(0, at)
  }
  return out
}
