import { DateDay, Int32, makeData, makeVector, tableFromArrays, type Vector, vectorFromArray } from 'apache-arrow'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, valuesBetween } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { matchesSchema } from '../../../src/contracts/index.ts'
import { sql } from '../../../src/sql/sql.ts'
import { relationOf, versionOf } from '../../../src/dataset/opened.ts'
import { newTables } from '../../helpers/tables.ts'

const texts = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value)
const first = (rows: readonly Record<string, unknown>[]): Record<string, unknown> => rows[0] ?? {}

describe('records and columns that hold other values are read anew', () => {
  const changes: readonly (readonly [string, (rows: Record<string, unknown>[]) => void])[] = [
    ['pushed', (rows) => rows.push({ id: 9, name: 'new' })],
    ['popped', (rows) => rows.pop()],
    ['cut', (rows) => rows.splice(1)],
    ['put in another order', (rows) => rows.reverse()],
    ['a number', (rows) => Object.assign(rows[0] as object, { id: 5 })],
    ['a text', (rows) => Object.assign(rows[1] as object, { name: 'B' })],
    ['a value gone', (rows) => delete rows[1]?.name],
    ['a name more', (rows) => Object.assign(rows[1] as object, { extra: 1 })],
    ['null for a value', (rows) => Object.assign(rows[0] as object, { name: null })],
    ['a name instead of another', (rows) => rows.splice(0, 1, { id: 1, title: 'a' })],
    ['an equal record', (rows) => rows.splice(0, 1, { ...rows[0] })],
    ['a date, in place', (rows) => (first(rows).day as Date).setTime(5)],
    ['bytes, in place', (rows) => ((first(rows).bytes as Uint8Array)[0] = 5)],
    ['a list inside', (rows) => (first(rows).list as number[]).push(5)],
    ['an object deep inside', (rows) => Object.assign((first(rows).deep as { in: object }).in, { x: 2 })],
    ['an entry of a map', (rows) => (first(rows).map as Map<string, number>).set('k', 2)],
  ]
  const made = (): Record<string, unknown>[] => [
    {
      id: 1,
      name: 'a',
      day: new Date(0),
      bytes: new Uint8Array(2),
      list: [1],
      deep: { in: { x: 1 } },
      map: new Map([['k', 1]]),
    },
    { id: 2, name: 'b' },
  ]

  test.each(changes)('%s', async (_, change) => {
    const rows = made()
    const data = dataset(rows as never)
    const slice = data.where(sql`id >= ${0}`)
    const query = dataset(sql`select * from ${slice}`)
    await Promise.all([data, slice, query].map((one) => one.rows()))
    const before = await versionOf(data)
    expect(await versionOf(data)).toBe(before)
    change(rows)
    const fresh = dataset(rows as never)
    for (const one of [data, slice, query]) expect(await one.rows()).toEqual(await fresh.rows())
    expect(await data.fingerprint()).toBe(await fresh.fingerprint())
    expect(data.source).toBe(fresh.source)
  })

  test('whatever is read of a record is looked at: prototypes, lists that write themselves, types of the same bytes', async () => {
    class Order {
      quantity = 3
      get total(): number {
        return this.quantity * rate
      }
    }
    let rate = 2
    const prototype = { total: 1 }
    const inheriting = Object.assign(Object.create(prototype) as object, { quantity: 1 })
    const plain: Record<string, unknown> = { quantity: 1 }
    const writing = [new Map([['a', 1]]), new Set([1]), [1]].map((value) =>
      Object.assign(value, { tag: 1, toJSON: (): unknown => (value as unknown as { tag: number }).tag }),
    )
    const values = Object.assign([1, 2], { toJSON: () => 'two numbers' })
    const bytes = { data: new Int32Array([1, 2]), length: 2, nullCount: 0 }
    const vectors: Record<string, Vector> = { x: makeVector(makeData({ type: new Int32(), ...bytes })) }
    const all = { quantity: 1, total: 9 }
    const changes: readonly (readonly [source: unknown, change: () => void])[] = [
      [[all, new Order()], () => (rate = -1)],
      [[all, inheriting], () => (prototype.total = -1)],
      [[all, inheriting], () => Object.setPrototypeOf(inheriting, { total: -2 })],
      [[all, plain], () => Object.setPrototypeOf(plain, { total: -3 })],
      ...writing.map((value) => [[{ value }], () => (value.tag = 2)] as const),
      [{ values }, () => (values[1] = 7)],
      [vectors, () => (vectors.x = makeVector(makeData({ type: new DateDay(), ...bytes })))],
    ]
    for (const [i, [source, change]] of changes.entries()) {
      const data = dataset(source as never)
      const before = JSON.stringify(await data.rows(), texts)
      change()
      const after = JSON.stringify(await data.rows(), texts)
      expect(after, `change ${i}`).not.toBe(before)
      expect(after, `change ${i}`).toBe(JSON.stringify(await dataset(source as never).rows(), texts))
    }
  })

  test('what cannot be read says where it is and what it threw, and is read once it is mended', async () => {
    let fault: string | undefined
    const failing = (value: unknown): unknown => {
      if (fault !== undefined) throw new Error(fault)
      return value
    }
    const given = new ArrayBuffer(8)
    const columns: Record<string, unknown> = { x: [1] }
    const cases: readonly (readonly [source: unknown, where: string])[] = [
      [[{ a: 1 }, Object.defineProperty({}, 'a', { get: () => failing(2), enumerable: true })], '"a" of record 2'],
      [[{ a: [{ toJSON: () => failing(2) }] }], '"a" of record 1'],
      [[new Proxy({ a: 1 }, { ownKeys: (target) => failing(Reflect.ownKeys(target)) as string[] })], 'record 1'],
      [{ a: [{ toJSON: () => failing(2) }] }, 'the columns'],
    ]
    for (const [source, where] of cases) {
      fault = undefined
      const data = dataset(source as never)
      const rows = await data.rows()
      fault = 'no such luck'
      const message = new RegExp(`^${where} cannot be read: no such luck\\n`)
      await expect(data.rows()).rejects.toThrow(message)
      const [result] = await evaluate(rowCount(data, { min: 1 }))
      expect(result).toMatchObject({ status: 'error', message: expect.stringMatching(message) })
      const hidden = await evaluate(rowCount(dataset(source as never, { pii: 'a' }), { min: 1 }))
      expect(hidden[0]?.message).not.toContain('luck')
      fault = undefined
      expect(await data.rows()).toEqual(rows)
    }
    const bytes = dataset([{ bytes: new Uint8Array(given) }])
    await bytes.rows()
    structuredClone(given, { transfer: [given] })
    await expect(bytes.rows()).rejects.toThrow(/^"bytes" of record 1 cannot be read: .*detached/)
    const data = dataset(columns as never)
    for (const value of [5, null, 'ab', { length: 1 }]) {
      expect(await data.rows()).toHaveLength(1)
      columns.x = value
      await expect(data.rows()).rejects.toThrow(/^column "x" is (a number|null|a string|an object), not an array/)
      columns.x = [1]
    }
  })

  test('any edit of any records', async () => {
    const cell = fc.constantFrom(0, 1, -0, Number.NaN, 'a', '', true, null, undefined, 2n ** 70n)
    const record = fc.record({ a: cell, b: cell, c: cell }, { requiredKeys: [] })
    const edit = fc.record({ row: fc.nat(5), key: fc.constantFrom('a', 'b', 'c', 'd'), value: cell })
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), fc.array(edit, { maxLength: 4 }), async (records, edits) => {
        const rows = records.map((one) => ({ ...one })) as Record<string, unknown>[]
        const data = dataset(rows as never)
        await data.rows()
        for (const { row, key, value } of edits) {
          const target = rows[row]
          if (target) target[key] = value
          else rows.push({ [key]: value })
          expect(await data.rows()).toEqual(await dataset(rows as never).rows())
        }
      }),
      { numRuns: process.env.ASSAY_SUITE === 'all' ? 500 : 60, seed: 20261125 },
    )
  })

  test('an object of columns and its typed arrays', async () => {
    const columns = { id: new Float64Array([1, 2]), name: ['a', 'b'] }
    const data = dataset(columns)
    await data.rows()
    columns.id[1] = 7
    expect(await data.rows()).toEqual([
      { id: 1, name: 'a' },
      { id: 7, name: 'b' },
    ])
    columns.name[0] = 'z'
    expect(await data.rows()).toEqual([
      { id: 1, name: 'z' },
      { id: 7, name: 'b' },
    ])
    Object.assign(columns, { more: [true, false] })
    expect(await data.columns()).toEqual([
      { name: 'id', type: 'number' },
      { name: 'name', type: 'string' },
      { name: 'more', type: 'boolean' },
    ])
  })

  test('an Arrow table, a batch and columns of vectors, whose bytes somebody writes to', async () => {
    const floats = new Float64Array([1, 2, 3, 4])
    const table = tableFromArrays({ x: floats, t: ['a', 'b', 'c', 'd'] })
    const [x, t] = [table.getChild('x'), table.getChild('t')] as [Vector, Vector]
    const list = vectorFromArray([[1, 2], [3], null, [4]])
    const sources = [table, table.slice(1, 3), table.batches[0], { x, t }, { list }] as never[]
    const said = (from: readonly Dataset[]) => Promise.all(from.map((data) => data.rows()))
    const datasets = sources.map((source) => dataset(source))
    await said(datasets)
    const versions = await Promise.all(datasets.map(versionOf))
    expect(await Promise.all(datasets.map(versionOf))).toEqual(versions)
    const changes = [
      () => (floats[1] = 99),
      () => x.set(2, 7),
      () => list.data[0]?.children[0]?.values.fill(5),
      () => t.data[0]?.dictionary?.data[0]?.values.fill(122),
    ]
    for (const change of changes) {
      const before = JSON.stringify(await said(datasets), texts)
      change()
      const after = JSON.stringify(await said(datasets), texts)
      expect(after).not.toBe(before)
      expect(after).toBe(JSON.stringify(await said(sources.map((source) => dataset(source))), texts))
    }
  })

  test('objects that write themselves are what they write', async () => {
    class Money {
      read = 0
      amount = 5
      toJSON(): number {
        this.read++
        return this.amount
      }
    }
    const price = new Money()
    const data = dataset([{ price }])
    const version = await versionOf(data)
    expect(await data.rows()).toEqual([{ price: 5n }])
    expect(await versionOf(data)).toBe(version)
    price.amount = 6
    expect(await data.rows()).toEqual([{ price: 6n }])
  })

  test('checks see the values of now, also through schemas, asked one after another or at once', async () => {
    const rows = [{ id: 1 as number | null, tag: 'x' }]
    const data = dataset(rows)
    const schema = { type: 'object', properties: { id: { type: 'integer', not: { const: 3 } } }, required: ['id'] }
    const ask = async () => {
      const results = await evaluate([
        noMissing(data.column('id')),
        rowCount(data, { max: 2 }),
        matchesSchema(data, schema),
      ])
      return results.some(({ status }) => status !== 'pass')
    }
    expect(await ask()).toBe(false)
    rows.push({ id: null, tag: 'y' })
    expect(await ask()).toBe(true)
    rows.pop()
    expect(await ask()).toBe(false)
    rows.push({ id: 3, tag: 'z' })
    expect(await ask()).toBe(true)
    rows.pop()
    const asked = evaluate(rowCount(data, { min: 1, max: 1 }))
    rows.push({ id: 5, tag: 'w' })
    const [later] = await evaluate(rowCount(data, { min: 2, max: 2 }))
    expect(later?.status).toBe('pass')
    expect((await asked)[0]?.status).not.toBe('pass')
  })

  test('whichever columns are asked for, in any order, between any edits', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']
    const cell = fc.constantFrom<unknown>(0, 1, -3, 0.5, null, undefined)
    const record = fc.record(Object.fromEntries(names.map((name) => [name, cell])), { requiredKeys: [] })
    const asked = fc.record({ columns: fc.subarray(names, { minLength: 1 }), edit: fc.option(cell), row: fc.nat(6) })
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 6 }),
        fc.array(asked, { maxLength: 6 }),
        async (records, asks) => {
          // So that every column is one of numbers.
          const rows = [Object.fromEntries(names.map((name) => [name, 0.25])), ...records.map((one) => ({ ...one }))]
          const data = dataset(rows as never)
          for (const { columns, edit, row } of asks) {
            const [first] = columns as [string]
            const target = rows[row]
            if (target && row > 0) (target as Record<string, unknown>)[first] = edit
            const results = await evaluate(columns.map((name) => valuesBetween(data.column(name), { min: 0 })))
            const values = (name: string) => rows.map((one) => (one as Record<string, unknown>)[name])
            expect(results.map(({ counts }) => [counts?.rows, counts?.missing, counts?.failed])).toEqual(
              columns.map((name) => [
                rows.length,
                values(name).filter((value) => value == null).length,
                values(name).filter((value) => (value as number) < 0).length,
              ]),
            )
          }
        },
      ),
      { numRuns: process.env.ASSAY_SUITE === 'all' ? 200 : 30, seed: 20261127 },
    )
  })

  test('the engine keeps one table of them', async () => {
    const rows = [{ id: 1 }]
    const data = dataset(rows)
    const { engine } = await relationOf(data)
    const tables = await newTables(engine)
    await data.rows()
    expect(await tables()).toHaveLength(1)
    for (let i = 0; i < 10; i++) {
      rows.push({ id: i })
      await data.rows()
    }
    expect(await tables()).toHaveLength(1)
  })
})
