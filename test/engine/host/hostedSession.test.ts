import { connect } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createDuckDB, hostedDuckDB } from '../../../src/engine/duckdb.ts'
import { type Engine, memoryTable, type MemoryTable } from '../../../src/engine/engine.ts'
import type { ExactType } from '../../../src/engine/exactType.ts'
import { onMessage, send } from '../../../src/engine/host/messages.ts'
import { sql } from '../../../src/sql/sql.ts'
import { startHost } from '../../helpers/host.ts'
import { until } from '../../helpers/until.ts'

const settings = { threads: 2, memoryMB: 256 }
const engines: Engine[] = []
let host: Awaited<ReturnType<typeof startHost>>
let local: Engine

beforeAll(async () => {
  host = await startHost()
  local = await createDuckDB(settings)
})
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close()
  await until(() => host.clients() === 0)
})
afterAll(async () => {
  await local.close()
  await host.close()
})

async function hosted(): Promise<Engine> {
  const engine = await hostedDuckDB(host.place, settings)
  if (!engine) throw new Error('no host')
  engines.push(engine)
  return engine
}

/** Hours of work. */
const endless = sql`select count(*) from range(10000000) a(i), range(10000000) b(j) where (i * j) % 7 = 3`

test('what a query returns is what an engine of this process returns, of each type', async () => {
  const engine = await hosted()
  const query = sql`select null, 1, 9007199254740993, 170141183460469231731687303715884105727::hugeint, 0.1, 'nan'::double, '-inf'::double,
    1.50::decimal(9,2), ${'\uFEFFmark \u{1F600} \0'}, true, date '2024-02-29', date '290000-01-01', timestamp '2024-01-01 10:00:00.123456',
    timestamptz '2024-01-01 10:00:00+00', 'infinity'::timestamp, time '10:00:00', interval 3 days, '\\xAB'::blob, [1, null, 3], {'a': [1.5], 'b': 'x'},
    map {'k': 1}, uuid '00000000-0000-0000-0000-000000000001', '101'::bit`
  expect(engine.version).toBe(local.version)
  expect(await engine.query(query)).toEqual(await local.query(query))
  const column = sql`select case when i % 3 = 0 then null else i / 7 end from range(100000) t(i)`
  const list = new Float64Array(100_000)
  const numbers = await engine.numbers(column, { list: () => list })
  expect(numbers.buffer).toBe(list.buffer)
  expect(numbers).toEqual(await local.numbers(column))
})

test('of its options a query sends what its engine heeds: the rest may be no data', async () => {
  const engine = await hosted()
  const threads = sql`select current_setting('threads')`
  const options = { oneThread: true, signal: new AbortController().signal, progress: () => 1 }
  expect(await engine.query(threads, options)).toEqual([[1n]])
})

const at = (ms: number): Date => new Date(ms)
class Money {
  readonly #cents = 150
  toJSON(): number {
    return this.#cents / 100
  }
}
const text: ExactType = { kind: 'text' }
const columns: readonly (readonly [ExactType, readonly unknown[]])[] = [
  [{ kind: 'integer', bits: 64, signed: true }, [1, 2n ** 60n, null]],
  [{ kind: 'integer', bits: 128, signed: false }, [1n, 2n ** 100n, undefined]],
  [{ kind: 'double' }, [Number.NaN, -0, undefined]],
  [{ kind: 'boolean' }, [true, false, null]],
  [text, ['\uFEFFé\0', new Money(), null]],
  [{ kind: 'binary' }, [Uint8Array.of(1, 2), Buffer.from('abc').subarray(1), null]],
  [{ kind: 'date' }, [19_000, at(0), '2024-02-29']],
  [{ kind: 'timestamp', unit: 'ms', zoned: false }, [at(1), 5n, null]],
  [{ kind: 'decimal', precision: 12, scale: 2 }, [150n, -1n, null]],
  [{ kind: 'interval' }, [{ months: 1, days: 2, micros: 3n }, null, null]],
  [{ kind: 'json', logical: 'mixed' }, [{ a: [1, new Money()], f: () => 1 }, 'x', Object.create(null)]],
  [{ kind: 'dictionary', values: ['a', 'b'] }, [0, 1, null]],
  [{ kind: 'list', item: text }, [['a', null], { length: 1, 0: 'b' }, null]],
  [{ kind: 'map', key: text, value: { kind: 'double' } }, [new Map([['k', 1]]), [], null]],
  [{ kind: 'struct', fields: [{ name: 'a', type: text }] }, [{ a: 'x' }, {}, null]],
]

function table(): MemoryTable {
  return memoryTable(
    columns.map(([exact, values], i) => ({ name: `c${i}`, type: 'unknown', exact, values })),
    3,
  )
}

test('rows of memory arrive as they do in an engine of this process, whatever their objects are', async () => {
  const read = async (engine: Engine) => {
    const relation = await engine.load(table())
    return [relation.columns, await engine.query(sql`select * from ${relation.from}`)]
  }
  expect(await read(await hosted())).toEqual(await read(local))
})

test('long columns arrive in pieces, each with its missing values', async () => {
  const rowCount = 200_001
  const bits = Uint8Array.from({ length: rowCount / 8 + 2 }, (_, i) => (i * 37) % 256)
  const batch = {
    rowCount,
    values: [
      Float64Array.from({ length: rowCount }, (_, i) => i / 3),
      Array.from({ length: rowCount }, (_, i) => `t${i % 1000}`),
    ],
    valid: [{ bytes: bits, offset: 3 }, undefined],
  }
  const read = async (engine: Engine) => {
    const relation = await engine.load({
      columns: [
        { name: 'x', type: 'number', exact: { kind: 'double' } },
        { name: 't', type: 'string', exact: text },
      ],
      batches: [batch, batch],
    })
    return engine.query(
      sql`select count(*), count(x), sum(cast(x * 3 as bigint) * rowid), sum(hash(t) % 1000 * (rowid % 100)) from ${relation.from}`,
    )
  }
  expect(await read(await hosted())).toEqual(await read(local))
})

test('a value that its column cannot hold is the same error', async () => {
  const engine = await hosted()
  const column = { name: 'price', type: 'decimal', exact: { kind: 'decimal', precision: 4, scale: 2 } } as const
  const load = (other: Engine) =>
    other.load(memoryTable([{ ...column, values: [10n ** 12n] }], 1)).catch((error) => error)
  const [own, other] = [await load(engine), await load(local)]
  expect(own).toMatchObject({
    code: 'unreadable-file',
    message: other.message,
    hint: other.hint,
    discreet: other.discreet,
  })
  await expect(engine.query(sql`select no`)).rejects.toMatchObject({ code: 'query-failed' })
  expect(await engine.query(sql`select 1`)).toEqual([[1]])
})

test('a signal stops a query, those behind it go on, and none that comes after is stopped', async () => {
  const engine = await hosted()
  for (let i = 0; i < 5; i++) {
    const stop = new AbortController()
    const long = engine.query(endless, { signal: stop.signal })
    const waiting = engine.query(sql`select ${i}`)
    setTimeout(() => stop.abort(new Error('enough')), 30 * i)
    await expect(long).rejects.toMatchObject({ code: 'aborted', message: 'stopped: enough' })
    expect(await waiting).toEqual([[BigInt(i)]])
  }
})

test('who leaves in the middle of a query leaves nothing behind, and the next has the engine as new', async () => {
  const engine = await hosted()
  const usual = sql`select current_setting('threads'), current_setting('preserve_insertion_order'), current_setting('perfect_ht_threshold')`
  const before = await engine.query(usual)
  await engine.query(sql`create temp table mine as select 1 as secret`)
  const left = engine.query(endless, { oneThread: true, unordered: true, groupBits: 16 }).catch((error) => error)
  await engine.query(usual, { signal: AbortSignal.abort() }).catch(() => {})
  const { count } = host.started
  host.drop()
  expect(await left).toMatchObject({ code: 'engine-lost' })
  expect(engine.lost).toBe(true)
  await expect(engine.query(sql`select 1`)).rejects.toMatchObject({ code: 'engine-lost' })
  await until(() => host.clients() === 0)
  // The query is being ended: who comes meanwhile gets an engine of his own.
  const next = await hosted()
  expect(await next.query(usual)).toEqual(before)
  await expect(next.query(sql`select * from mine`)).rejects.toThrow('does not exist')
  expect(host.started.count - count).toBeLessThanOrEqual(1)
})

test('one engine serves clients that come one after another, and two where there are two at once', async () => {
  await (await hosted()).query(sql`create temp table t as select 1`)
  for (const engine of engines.splice(0)) await engine.close()
  await until(() => host.clients() === 0)
  const { count } = host.started
  const [one, two] = [await hosted(), await hosted()]
  await one.query(sql`create temp table t as select 1 as x`)
  await two.query(sql`create temp table t as select 2 as x`)
  expect([await one.query(sql`from t`), await two.query(sql`from t`)]).toEqual([[[1]], [[2]]])
  expect(host.started.count - count).toBeLessThanOrEqual(1)
})

test('where no host listens, or one of another copy of the package, there is no engine of it', async () => {
  expect(await hostedDuckDB(`${host.place}-no`)).toBeUndefined()
  const socket = connect(host.place)
  send(socket, { kind: 'open', protocol: 0, settings })
  const answer = await new Promise((resolve) => onMessage(socket, resolve))
  socket.destroy()
  expect(answer).toMatchObject({ kind: 'failed' })
})
