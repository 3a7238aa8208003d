import { readFile } from 'node:fs/promises'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import { type Block, leastBlock } from '../../src/results/blocks/index.ts'
import type { RowsBlock } from '../../src/results/blocks/kinds.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { json, parse } from '../../src/results/json.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { integer } from '../../src/words/text/numbers.ts'
import { rowsOf } from '../helpers/blocks.ts'
import { document, result } from '../helpers/runDocument.ts'

const schema = JSON.parse(await readFile(new URL('../../docs/schemas/run.schema.json', import.meta.url), 'utf8'))
const valid = new Ajv2020({ allErrors: true }).compile(schema)

/** So many failing results of columns with long names, over several datasets, each with rows of its own. */
function failing(count: number): RunDocument {
  const columns = (i: number) =>
    Array.from({ length: 8 }, (_, c) => `${'quarterly_statement_of_'.repeat(3)}${(i + c) % 2000}`)
  const results = Array.from({ length: count }, (_, i): CheckResult => {
    const rowNumbers = Array.from({ length: 20 }, (_, r) => 7 * r + (i % 90))
    const cells = rowNumbers.map((r) => columns(i).map((_, c) => `wrong value ${r} in column ${i + c}`))
    const values = cells.slice(0, 8).map(([cell = '']) => ({ cells: [cell], count: 3 }))
    const about = {
      type: 'dataset' as const,
      name: `set-${i % 10}`,
      source: `data/set-${i % 10}.csv`,
      column: columns(i)[0] ?? '',
    }
    return result({
      id: `${`${about.name}.${about.column}`.slice(0, 80)}~${String(i).padStart(12, '0')}`,
      trend: `${`${about.name}.${about.column}`.slice(0, 80)}~${String(i).padStart(12, '1')}`,
      status: 'fail',
      blocking: true,
      subject: about,
      counts: { rows: 3000, missing: 18, tested: 2982, failed: 100 + (i % 900) },
      evidence: [
        {
          kind: 'rows',
          columns: columns(i),
          marked: [0],
          total: 100,
          rowNumbers,
          lines: rowNumbers,
          rows: cells,
          values,
        },
      ],
    })
  })
  const run = document(results)
  return { ...run, since: Object.fromEntries(results.map(({ id }) => [id, { at: run.at, runs: 1, commit: 'c' }])) }
}

test('failing rows for which a run document has no room are left out: the worst results have all of them, others the first, and a note says so', () => {
  const run = failing(1500)
  const text = json(run)
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5_000_000)
  expect(valid(JSON.parse(text)), JSON.stringify(valid.errors?.slice(0, 3))).toBe(true)
  const read = parse(text)
  const rowsLeft = read.results.map((one) => rowsOf(one)?.rows.length ?? 0)
  const [whole, least, none] = [20, 1, 0].map((count) => rowsLeft.filter((left) => left === count).length)
  expect(read.notes.at(-1)).toBe(
    `Failing rows, charts and examples of so many results are more than a run document holds: of ${whole} results all are in it, of ${integer(least)} the first failing row${none === 0 ? '' : `; of ${integer(none)} there are only the numbers`}. Judge fewer checks in one run to see the rest.`,
  )
  expect(whole).toBeGreaterThan(100)
  expect(least).toBeGreaterThan(1000)
  const shares = read.results.map((one, i) => [one.counts?.failed ?? 0, rowsLeft[i]] as const)
  const leastWhole = Math.min(...shares.flatMap(([failed, left]) => (left === 20 ? [failed] : [])))
  expect(Math.max(...shares.flatMap(([failed, left]) => (left === 20 ? [] : [failed])))).toBeLessThanOrEqual(leastWhole)
  const [kept, had] = [read.results, run.results].map((all) => all.map(({ evidence: _, ...own }) => own))
  expect(kept).toEqual(had)
  expect(json(read) === text).toBe(true)
})

test('the first failing row that is left is the same as among all', () => {
  const one = failing(1).results[0] as CheckResult
  const [block] = one.evidence
  const left = leastBlock(block as Block) as RowsBlock
  const all = block as RowsBlock
  expect(left).toEqual({
    kind: 'rows',
    columns: all.columns.slice(0, 1),
    marked: [0],
    total: 100,
    rowNumbers: all.rowNumbers?.slice(0, 1),
    lines: all.lines?.slice(0, 1),
    rows: [[all.rows[0]?.[0]]],
  })
})
