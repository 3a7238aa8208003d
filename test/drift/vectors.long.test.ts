import { Table, vectorFromArray, FixedSizeList, Float32, Field, tableToIPC } from 'apache-arrow'
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { vectorsOf } from '../../src/drift/vectors/vectors.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { meanDistance, meanVector } from '../../src/stats/meanDistance.ts'
import { medianDistance, randomFeatures } from '../../src/stats/randomFeatures.ts'
import { meanOf } from '../../src/stats/vectorRows.ts'
import { temporaryFolder } from '../helpers/files.ts'
import { compare, effectOf, many, normal, only, random, rowsOf } from './data.ts'

const folder = temporaryFolder()
const next = random(5)
const vectors = (count: number, shift = 0) =>
  many(count, () => many(6, (i) => Math.fround(1 + normal(next) + (i === 1 ? shift : 0))))
const then = vectors(400)
const now = vectors(300, 2)

async function read(from: Dataset, column = 'x') {
  const relation = await relationOf(from)
  const found = relation.columns.find(({ name }) => name === column)
  if (!found) throw new Error(`no column ${column}`)
  return (await vectorsOf(relation, found, undefined)).read
}

test('vectors of records, columns, JSON lines, Arrow and Parquet are the same', async () => {
  const type = new FixedSizeList(6, new Field('item', new Float32()))
  const arrow = new Table({ x: vectorFromArray(then, type) } as never)
  const lines = path.join(folder, 'then.jsonl')
  writeFileSync(lines, then.map((x) => JSON.stringify({ x })).join('\n'))
  const feather = path.join(folder, 'then.arrow')
  writeFileSync(feather, tableToIPC(arrow, 'file'))
  const parquet = path.join(folder, 'then.parquet')
  const { engine } = await relationOf(dataset(then.map((x) => ({ x }))))
  const { DuckDBInstance } = await import('@duckdb/node-api')
  const connection = await (await DuckDBInstance.create()).connect()
  await connection.run(`copy (select x::float[6] as x from read_json('${lines}')) to '${parquet}'`)
  expect(engine.version).toContain('duckdb')
  const wanted = [...then].sort((a, b) => (a[0] as number) - (b[0] as number)).flat()
  const sources = [rowsOf(then), dataset({ x: then }), lines, feather, parquet, dataset(arrow)]
  for (const source of sources) {
    const { values, width, looked } = await read(typeof source === 'string' ? dataset(source) : source)
    expect([width, looked]).toEqual([6, 400])
    expect([...values]).toEqual(wanted)
  }
})

test('vectors are compared by default, by their maximum mean discrepancy', async () => {
  const moved = await only(rowsOf(now), rowsOf(then))
  expect(moved.status).toBe('fail')
  expect(effectOf(moved)?.method).toBe('mmd')
  expect(moved.message).toMatch(/^means of components \[1\] 1(\.\d+)? → 3(\.\d+)?, .*300 and 400 vectors of 6/)
})

test.each(['mmd', 'euclidean', 'cosine', 'classifier'])('%s finds means that moved', async (method) => {
  expect((await only(rowsOf(now), rowsOf(then), { method })).status).toBe('fail')
})

test('vectors of two lengths on the two sides are an error', async () => {
  const result = await only(rowsOf(then.map((x) => [...x, 0])), rowsOf(then))
  expect(result).toMatchObject({
    status: 'error',
    message: expect.stringContaining('holds vectors of 7 numbers in the current data and of 6 in the reference'),
  })
})

test.each([
  ['ragged', (x: readonly number[]) => x.slice(1), 'not a vector of 6 finite numbers'],
  ['null', (x: readonly number[]) => [null, ...x.slice(1)], 'not a vector of 6 finite numbers'],
  ['NaN', (x: readonly number[]) => [Number.NaN, ...x.slice(1)], 'not a vector of 6 finite numbers'],
  ['infinite', (x: readonly number[]) => [Number.NEGATIVE_INFINITY, ...x.slice(1)], 'not a vector of 6 finite numbers'],
  ['empty', () => [], 'not a vector of 6 finite numbers'],
  ['zero', () => many(6, () => 0), 'a vector of zeros'],
  ['missing', () => null, 'missing'],
])('vectors that are %s are a finding, and not part of the others', async (_, broken, what) => {
  const some = vectors(400).map((x, i) => (i % 4 === 0 ? broken(x) : x))
  for (const method of ['euclidean', 'classifier']) {
    const results = await compare(rowsOf(some), rowsOf(then), { method, limit: 0.3, findings: { missing: 0.05 } })
    const found = results.find(({ measured }) => measured.startsWith(`share ${what} = 0.25`))
    expect(found, `${method}: ${results.map(({ measured }) => measured).join(', ')}`).toMatchObject({ status: 'fail' })
  }
})

test.each([
  ['of all lengths', many(100, (i) => many((i % 9) + 1, () => 1)), 'lists of 1 to 9 numbers in the current data'],
  ['of text', many(100, () => ['a', 'b']), 'no vector of finite numbers in the current data'],
  ['of one row', [then[0]], 'one vector of finite numbers in the current data'],
])('lists %s are no vectors, and never a pass', async (_, values, reason) => {
  const result = await only(rowsOf(values).column('x'), rowsOf(then).column('x'))
  expect(result).toMatchObject({ status: 'error', message: expect.stringContaining(reason) })
})

test('without spread, or a mean away from zero, a method says what it lacks', async () => {
  const constant = rowsOf(many(100, () => [1, 2, 3]))
  for (const method of ['mmd', 'euclidean'])
    expect((await only(constant.column('x'), constant.column('x'), { method })).message).toContain('no spread')
  const centred = rowsOf(many(100, () => many(3, () => normal(next))))
  const { message } = await only(centred.column('x'), centred.column('x'), { method: 'cosine' })
  expect(message).toContain('a mean vector so near to zero that it has no direction')
})

test('random features have the means of the kernel, and distances of means are debiased, as counted row by row', () => {
  const rows = (list: readonly (readonly number[])[]) => ({
    values: Float64Array.from(list.flat()),
    rows: list.length,
    width: 6,
  })
  const [a, b] = [rows(now.slice(0, 100)), rows(then.slice(0, 120))]
  const h = medianDistance(b)
  const kernel = (x: readonly number[], y: readonly number[]) =>
    Math.exp(-x.reduce((sum, value, i) => sum + (value - (y[i] as number)) ** 2, 0) / (2 * h * h))
  const mean = (xs: typeof now, ys: typeof now) =>
    xs.reduce((sum, x) => sum + ys.reduce((own, y) => own + kernel(x, y), 0), 0) / xs.length / ys.length
  const [x, y] = [now.slice(0, 100), then.slice(0, 120)]
  const exact = mean(x, x) + mean(y, y) - 2 * mean(x, y)
  const [f, g] = [randomFeatures(a, h), randomFeatures(b, h)]
  const square = meanOf(f).reduce((sum, value, i) => sum + (value - (meanOf(g)[i] as number)) ** 2, 0)
  expect(Math.abs(square - exact)).toBeLessThan(0.15 * exact)

  const unbiased = [0, 1, 2, 3, 4, 5].reduce((sum, i) => {
    const column = (list: typeof now) => list.map((vector) => vector[i] as number)
    const of = (list: readonly number[]) => {
      const average = list.reduce((all, value) => all + value, 0) / list.length
      return [average, list.reduce((all, value) => all + (value - average) ** 2, 0) / (list.length - 1) / list.length]
    }
    const [[m, v], [k, w]] = [of(column(x)), of(column(y))] as [[number, number], [number, number]]
    return sum + (m - k) ** 2 - v - w
  }, 0)
  expect(meanDistance(meanVector(a), meanVector(b)).distance).toBeCloseTo(Math.sqrt(unbiased), 10)
})

test('a classifier tells vectors apart in any unit, also one in which their squares are more or less than a double holds', async () => {
  const told = async (unit: number) =>
    (
      await only(
        rowsOf(now.map((vector) => vector.map((value) => value * unit))),
        rowsOf(then.map((vector) => vector.map((value) => value * unit))),
        { method: 'classifier' },
      )
    ).measured
  const usual = await told(1)
  for (const unit of [2 ** 520, 2 ** 1000, 2 ** -560]) expect(await told(unit)).toBe(usual)
})
