import { expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, wellFormed } from '../../src/checks/index.ts'
import { dataset, datasetOf } from '../../src/dataset/dataset.ts'
import type { SourceFindings } from '../../src/engine/engine.ts'
import { relationOf } from '../../src/dataset/opened.ts'

async function withFindings(findings: SourceFindings, pii: readonly string[] = []) {
  const relation = await relationOf(dataset([{ a: 1 }, { a: 2 }]))
  return datasetOf({ ...relation, findings: async () => findings }, { name: 'broken', pii })
}

const ragged: SourceFindings = {
  total: 3,
  rowsLost: 2,
  first: [{ kind: 'cells', reason: '4 cells, the header has 3', file: 'a.csv', line: 7, text: '1,2,3,4' }],
}

test('a source in memory is well-formed', async () => {
  expect(await evaluate(wellFormed(dataset([{ a: 1 }])))).toMatchObject([{ status: 'pass' }])
})

test('what could not be read fails with its place, and says how many records are left out', async () => {
  const [result] = await evaluate(wellFormed(await withFindings(ragged)))
  expect(result).toMatchObject({
    status: 'fail',
    blocking: true,
    measured: '3 findings, 2 records are left out',
    evidence: [
      {
        columns: ['line', 'reason', 'text', 'file'],
        rows: [['7', '4 cells, the header has 3', '1,2,3,4', 'a.csv']],
        marked: [1],
        total: 3,
      },
    ],
  })
})

test('every assertion about such a source, or a slice of it, says so once beside its own verdict', async () => {
  const broken = await withFindings(ragged)
  const results = await evaluate([noMissing(broken.column('a')), noMissing(broken.where({ a: 1 }).column('a'))])
  expect(results.map(({ kind, status }) => [kind, status])).toEqual([
    ['noMissing', 'pass'],
    ['noMissing', 'pass'],
    ['wellFormed', 'fail'],
  ])
})

test('the text of a source with personal columns is not shown', async () => {
  const [result] = await evaluate(wellFormed(await withFindings(ragged, ['a'])))
  expect(JSON.stringify(result)).not.toContain('1,2,3,4')
})

test('one that was asked is not added once more by what else is asked of the source', async () => {
  const data = await withFindings(ragged)
  for (const checks of [
    [wellFormed(data), rowCount(data, { min: 1 })],
    [rowCount(data, { min: 1 }), wellFormed(data), noMissing(data.column('a'))],
    [rowCount(data, { min: 1 })],
  ]) {
    const kinds = (await evaluate(checks)).map(({ kind }) => kind)
    expect(kinds.filter((kind) => kind === 'wellFormed')).toHaveLength(1)
  }
})
