import path from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createDuckDB, sharedDuckDB } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/sql/sql.ts'

afterEach(() => vi.unstubAllEnvs())
const flights = path.resolve('node_modules/vega-datasets/data/flights-3m.parquet')
/** Hours of work. */
const endless = sql`select count(*) from read_parquet(${flights}) a, read_parquet(${flights}) b where a.delay * b.delay % 7 = 3`

test('a signal stops a long scan of Parquet files, and the engine goes on', async () => {
  const engine = await sharedDuckDB()
  const controller = new AbortController()
  const running = engine.query(endless, { signal: controller.signal })
  const waiting = engine.query(sql`select 1`)
  setTimeout(() => controller.abort(new Error('enough')), 100)
  await expect(running).rejects.toMatchObject({ code: 'aborted', message: 'stopped: enough' })
  expect(await waiting).toEqual([[1]])
})

test('a signal stops a long column on its way to JavaScript', async () => {
  const engine = await sharedDuckDB()
  const controller = new AbortController()
  const column = sql`select cast(a.delay as double) from read_parquet(${flights}) a, read_parquet(${flights}) b where a.delay * b.delay % 7 = 9`
  setTimeout(() => controller.abort(new Error('enough')), 100)
  await expect(engine.numbers(column, { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' })
})

test('a query that was stopped before its turn never runs', async () => {
  const engine = await sharedDuckDB()
  const query = engine.query(endless, { signal: AbortSignal.abort(new Error('too late')) })
  await expect(query).rejects.toThrow('stopped: too late')
})

test('workers share cores and memory', async () => {
  const settings = async () => {
    const engine = await createDuckDB()
    const [row = []] = await engine.query(sql`select current_setting('threads'), current_setting('memory_limit')`)
    await engine.close()
    return { threads: Number(row[0]), memory: String(row[1]) }
  }
  vi.stubEnv('ASSAY_WORKERS', '1')
  const alone = await settings()
  vi.stubEnv('ASSAY_WORKERS', '1000')
  const crowded = await settings()
  expect(alone.threads).toBeGreaterThanOrEqual(crowded.threads)
  expect(crowded).toMatchObject({ threads: 1, memory: expect.stringMatching(/^24\d\.\d MiB$/) })
})

test('a column that breaks off in the middle is an error, not a shorter column', async () => {
  const engine = await sharedDuckDB()
  const column = sql`select case when i = 900000 then cast(error('broken') as double) else i end from range(1000000) t(i)`
  await expect(engine.numbers(column)).rejects.toMatchObject({ code: 'query-failed' })
})

test('a value that its column cannot hold is an error that names the column', async () => {
  const engine = await createDuckDB()
  const column = { name: 'price', type: 'decimal', exact: { kind: 'decimal', precision: 4, scale: 2 } } as const
  await expect(
    engine.load({ columns: [column], batches: [{ rowCount: 1, values: [[10n ** 12n]] }] }),
  ).rejects.toMatchObject({
    code: 'unreadable-file',
    message: expect.stringMatching(/^column "price" holds a value that is no /),
  })
  await engine.close()
})
