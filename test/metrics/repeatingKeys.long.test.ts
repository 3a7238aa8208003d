import { expect, test } from 'vitest'
import { evaluate, uniqueKey } from '../../src/checks/index.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { parquetOf } from '../helpers/parquet.ts'
import { queriesOf } from '../helpers/queries.ts'

const ROWS = 60_000

/** Columns by SQL over the row number `i`, and what they hold in JavaScript. */
const columns: Readonly<Record<string, readonly [string, (i: number) => number | null]>> = {
  gaps: ['case when i % 100 <> 7 then i end', (i) => (i % 100 === 7 ? null : i)],
  early: ['case when i in (7, 9) then 8 else i end', (i) => (i === 7 || i === 9 ? 8 : i)],
  late: [`case when i = ${ROWS - 1} then 0 else i end`, (i) => (i === ROWS - 1 ? 0 : i)],
  half: ['(i // 2)::integer', (i) => Math.floor(i / 2)],
  other: ['(i % 2)::tinyint', (i) => i % 2],
}

test('a key that repeats among the first rows is grouped and not marked, and the same is told of it', async () => {
  const selected = Object.entries(columns).map(([name, [made]]) => `${made} as "${name}"`)
  const data = await parquetOf(selected.join(), ROWS)
  const relation = await relationOf(data)
  const marked: string[] = []
  for (const key of [['gaps'], ['early'], ['late'], ['half'], ['half', 'other'], ['early', 'other']]) {
    const rows = Array.from({ length: ROWS }, (_, i) => key.map((name) => columns[name]?.[1](i) ?? null))
    const counts = new Map<string, number>()
    for (const row of rows) if (!row.includes(null)) counts.set(row.join(), (counts.get(row.join()) ?? 0) + 1)
    const failing = rows.flatMap((row, i) => ((counts.get(row.join()) ?? 0) > 1 ? [i + 1] : []))
    const missing = rows.filter((row) => row.includes(null)).length
    const repeated = [...counts].filter(([, n]) => n > 1).toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
    const common = repeated.slice(0, 8).map(([value, count]) => ({ cells: [value], count }))
    const queries = await queriesOf(relation, async () => {
      const [result] = await evaluate(uniqueKey(data, key))
      const tested = ROWS - missing
      expect([key, result?.counts]).toEqual([key, { rows: ROWS, missing, tested, failed: failing.length }])
      const sample = result && rowsOf(result)
      expect([key, sample?.rowNumbers]).toEqual([key, failing.length > 0 ? failing.slice(0, 20) : undefined])
      if (failing.length > 20 && key.length === 1) expect([key, sample?.values]).toEqual([key, common])
    })
    if (queries.some((text) => text.includes('bitstring_agg'))) marked.push(key.join())
  }
  expect(marked).toEqual(['gaps', 'late', 'half,other'])
})
