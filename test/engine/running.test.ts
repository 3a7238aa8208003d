import { setImmediate } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluate, rowCount } from '../../src/checks/index.ts'
import { dataset, datasetOf } from '../../src/dataset/dataset.ts'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { onAbort, refuseQueries, runStoppable, stopQueries, stoppedBy } from '../../src/engine/running.ts'
import { sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'

const endless = sql`select count(*) from range(2000000) x, range(2000000) y where (x.range * y.range) % 7 = 3`
const few = dataset([{ a: 1 }], { name: 'few' })
/** A dataset whose every query takes for ever. */
async function slow() {
  const relation = await relationOf(few)
  const from = sql`(select a from ${relation.from} where
    (select count(*) from range(2000000) x, range(2000000) y where (x.range * y.range + a) % 7 = 3) > 0) as t`
  return datasetOf({ ...relation, from }, { name: 'slow' })
}
const soon = () => AbortSignal.timeout(100)

let engine: Engine
beforeAll(async () => {
  engine = await createDuckDB()
})
afterAll(() => engine.close())

test('a query stops when its signal aborts, and the engine answers the next', async () => {
  await expect(engine.query(endless, { signal: soon() })).rejects.toMatchObject({ code: 'aborted' })
  expect(await engine.query(sql`select 1`)).toEqual([[1]])
})

test('a query without a signal stops with the work it is part of', async () => {
  await expect(stoppedBy(soon(), () => engine.query(endless))).rejects.toMatchObject({ code: 'aborted' })
})

test('a query that waits in line leaves it when its signal aborts', async () => {
  const first = new AbortController()
  const running = engine.query(endless, { signal: first.signal })
  await expect(engine.query(sql`select 2`, { signal: soon() })).rejects.toMatchObject({ code: 'aborted' })
  first.abort(new Error('enough'))
  await expect(running).rejects.toThrow('stopped: enough')
})

test('whoever shares a scan with one who was stopped still gets an answer', async () => {
  const shared = await slow()
  const first = stoppedBy(soon(), () => evaluate(rowCount(shared, { min: 1 })))
  const second = new AbortController()
  const other = stoppedBy(second.signal, () => evaluate(rowCount(shared, { min: 1 })))
  expect((await first)[0]).toMatchObject({ status: 'error', message: expect.stringContaining('stopped') })
  second.abort(new Error('the second too'))
  expect((await other)[0]).toMatchObject({ status: 'error', message: 'stopped: the second too' })
})

test.each([
  ['columns', { a: [1] }],
  ['records', [{ a: 1 }]],
])('a dataset of %s whose opening was stopped opens for the next who asks', async (_, source) => {
  const table = dataset(source)
  await expect(stoppedBy(AbortSignal.abort(new Error('early')), () => table.rows())).rejects.toThrow('early')
  expect(await table.rows()).toEqual([{ a: 1n }])
})

test('stopping all queries waits until none runs; afterwards they may be refused', async () => {
  const left = [engine.query(endless), engine.query(endless)].map((query) =>
    query.catch((error: Error) => error.message),
  )
  await stopQueries('the file has ended')
  expect(await Promise.all(left)).toEqual(['stopped: the file has ended', 'stopped: the file has ended'])
  refuseQueries('over')
  await expect(engine.query(sql`select 1`)).rejects.toThrow('stopped: over')
  refuseQueries(undefined)
  expect((await evaluate(rowCount(few, 1)))[0]).toMatchObject({ status: 'pass' })
})

test('work that is no query stops with the work around it and with all queries', async () => {
  const untilStopped = () =>
    runStoppable(async (signal) => {
      while (!signal.aborted) await setImmediate()
      return String(signal.reason)
    })
  expect(await stoppedBy(soon(), untilStopped)).toMatch(/timeout/)
  const work = untilStopped()
  await stopQueries('the file has ended')
  expect(await work).toBe('Error: the file has ended')
  refuseQueries('over')
  expect(await untilStopped()).toBe('Error: over')
  refuseQueries(undefined)
})

test('of many who listen to one signal each is called once, save those who listen no more', async () => {
  const warnings: Error[] = []
  const warn = (warning: Error): void => void warnings.push(warning)
  process.on('warning', warn)
  const stopped = new AbortController()
  const called: string[] = []
  const listen = (who: string) => onAbort(stopped.signal, () => void called.push(who))
  listen('early')()
  const forget = Array.from({ length: 20 }, (_, i) => listen(String(i)))
  for (const ofTwo of forget.filter((_, i) => i % 2 === 1)) [ofTwo, ofTwo].forEach((again) => again())
  listen('late')
  stopped.abort()
  await setImmediate()
  process.off('warning', warn)
  expect({ called, warnings }).toEqual({
    called: ['0', '2', '4', '6', '8', '10', '12', '14', '16', '18', 'late'],
    warnings: [],
  })
})
