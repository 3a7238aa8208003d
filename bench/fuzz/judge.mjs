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

/** Opens a dataset and says what it does that it must not; undefined when all is well. */
export async function faultOf(data, expected) {
  let relation
  let rows
  try {
    relation = await data.relation()
    const { engine, columns, from, numbered, findings } = relation
    const id = (name) => ({ parts: ['', ''], holes: [{ identifier: [name] }] })
    const cells = columns.map(({ name, cellName, rawName }) => id(cellName ?? rawName ?? name))
    const list = { parts: ['', ...cells.map((_, i) => (i < cells.length - 1 ? ', ' : ''))], holes: cells }
    const row = id('__assay_row')
    rows = (await engine.query({ parts: ['select ', ' from ', ' order by ', ''], holes: [list, numbered, row] })).map(
      (one) => one.map((cell) => cell ?? ''),
    )
    const [[count]] = await engine.query({ parts: ['select count(*) from ', ''], holes: [from] })
    if (Number(count) !== rows.length) return `count(*) is ${count}, and there are ${rows.length} rows`
    if (expected.unsure) return
    const { total, first, rowsLost } = await findings()
    if (expected.problem !== undefined)
      return total === 0 ? `the strict reader says ${expected.problem}, and there is no finding` : undefined
    if (total > 0) return `${JSON.stringify(first[0])} in a file that the strict reader takes (${rowsLost} lost)`
    if (JSON.stringify(rows) !== JSON.stringify(expected.rows))
      return `rows ${JSON.stringify(rows).slice(0, 300)} where the strict reader has ${JSON.stringify(expected.rows).slice(0, 300)}`
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
