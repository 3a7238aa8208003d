import { expect, test } from 'vitest'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { sql } from '../../src/sql/sql.ts'

const settings = sql`select current_setting('threads'), current_setting('perfect_ht_threshold')`
const suiting = { oneThread: true, groupBits: 16 }

test('settings that suit one query are those of no other, whether it answers, fails or is stopped', async () => {
  const engine = await createDuckDB({ threads: 2 })
  try {
    const [usual] = await engine.query(settings)
    const [within] = await engine.query(settings, suiting)
    expect(within?.map(Number)).toEqual([1, 16])
    expect(await engine.query(settings)).toEqual([usual])
    await expect(engine.query(sql`select error('no')`, suiting)).rejects.toThrow('no')
    expect(await engine.query(settings)).toEqual([usual])
    const stop = new AbortController()
    const long = engine.query(sql`select count(*) from range(1000000000000)`, { ...suiting, signal: stop.signal })
    setTimeout(() => stop.abort(), 10)
    await expect(long).rejects.toMatchObject({ code: 'aborted' })
    expect(await engine.query(settings)).toEqual([usual])
  } finally {
    await engine.close()
  }
})

test('rows that were stored in any order do not put those of other queries in disorder', async () => {
  const engine = await createDuckDB({ threads: 2 })
  const order = sql`select current_setting('preserve_insertion_order')`
  try {
    expect(await engine.query(order, { unordered: true })).toEqual([[false]])
    const stop = new AbortController()
    const rows = sql`select count(*) from range(1000000000000)`
    const long = engine.query(rows, { unordered: true, signal: stop.signal })
    setTimeout(() => stop.abort(), 10)
    await expect(long).rejects.toMatchObject({ code: 'aborted' })
    expect(await engine.query(order)).toEqual([[true]])
    await engine.query(sql`create temp table kept as select i from range(3000000) as t(i)`)
    expect(await engine.query(sql`select count(*) from kept where i <> rowid`)).toEqual([[0n]])
  } finally {
    await engine.close()
  }
})

test('places of groups take no more than a part of the memory', async () => {
  const engine = await createDuckDB({ threads: 1, memoryMB: 256 })
  try {
    const [usual] = await engine.query(settings)
    expect(await engine.query(settings, { groupBits: 30 })).toEqual([usual])
  } finally {
    await engine.close()
  }
})

test('an engine whose settings are locked answers under its usual ones', async () => {
  const engine = await createDuckDB({ threads: 2 })
  try {
    const [usual] = await engine.query(settings)
    await engine.query(sql`set lock_configuration = true`)
    expect(await engine.query(settings, { oneThread: true })).toEqual([usual])
    expect(await engine.query(settings, { unordered: true })).toEqual([usual])
    expect(await engine.query(settings)).toEqual([usual])
  } finally {
    await engine.close()
  }
})
