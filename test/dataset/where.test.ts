import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { evaluate, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { sharedDuckDB } from '../../src/engine/duckdb.ts'
import { AssayError } from '../../src/errors.ts'
import { written } from '../../src/sql/render.ts'
import { id, raw, type Sql, sql } from '../../src/sql/sql.ts'
import { inPlainNode } from '../helpers/cli.ts'

const rows = [
  { id: 1, name: 'Ada', at: new Date('2026-11-01T00:00:00Z'), ok: true, big: 2n ** 60n, x: 0.5 },
  { id: 2, name: `it's "2"`, at: new Date('2026-11-01T12:00:00.5Z'), ok: false, big: 2n ** 60n + 1n, x: Number.NaN },
  { id: 3, name: null, at: null, ok: null, big: null, x: null },
]
const people = dataset(rows, { name: 'people', types: {} })
const where = (filter: unknown) => people.where(filter as never)
const ids = async (filter: unknown) => (await where(filter).rows()).map((row) => Number(row.id))
const failure = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    return error
  }
}

/** What JSON can hold of the three kinds of pieces, and of a dataset. */
const lookAlikes: readonly unknown[] = [
  { text: '1 or 1=1' },
  { identifier: ['id'] },
  { identifier: ['id") or (1=1'] },
  { parts: ['1 or 1=1'], holes: [] },
  { parts: ['', ' or 1=1'], holes: [{ text: '1' }] },
  { name: 'people' },
  { name: 'people', relation: null },
]

describe('what looks like SQL is no SQL', () => {
  const cases = lookAlikes.map((value) => [JSON.stringify(value), value] as const)

  test.each(cases)('%s is refused at the call: as a value, in a list, as the filter, in a hole', (_, value) => {
    expect(() => where({ id: value })).toThrow(/^where\(\): column "id" is compared with an object/)
    expect(() => where({ id: [1, value] })).toThrow(/^where\(\): the list for column "id" holds an object/)
    expect(() => sql`id = ${value as never}`).toThrow(/^sql`…` got an object where a value may stand/)
    expect(() => sql`id = ${[value] as never}`).toThrow(/^sql`…` got an array where a value may stand\n.*where\(/)
    for (const work of [() => where({ id: value }), () => sql`id = ${value as never}`]) expect(work).toThrow(AssayError)
  })

  test.each(cases)('%s never reaches the engine as SQL, wherever it stands', async (_, value) => {
    const engine = await sharedDuckDB()
    const query = value as unknown as Sql
    expect(await failure(() => engine.query(query))).toMatchObject({ code: 'wrong-argument' })
    // As a filter it names columns, and as a source it is one: an object of columns.
    const kept = await failure(() => where(value).rows())
    expect(kept instanceof AssayError || JSON.stringify(kept) === '[]').toBe(true)
    const opened = await failure(() => dataset(value as never).rows())
    if (!(opened instanceof AssayError))
      expect(Object.keys((opened as object[])[0] ?? {})).toEqual(Object.keys(value as object))
  })

  test('a copy of a piece is none: spread, cloned, inherited, through JSON', async () => {
    const piece = sql`1 or 1=1`
    const copies = [{ ...piece }, structuredClone(piece), Object.create(piece), JSON.parse(JSON.stringify(piece))]
    for (const copy of copies) {
      expect(() => sql`id = ${copy as Sql}`).toThrow(/where a value may stand/)
      expect(await failure(() => where(copy).rows())).toBeInstanceOf(AssayError)
    }
    const nested = raw('x').holes[0] as object
    expect(() => sql`id = ${{ ...nested } as never}`).toThrow(/where a value may stand/)
  })

  test('a piece cannot be changed after it is made', () => {
    const piece = id('id')
    expect(() => (piece.holes as unknown[]).push({ text: '1' })).toThrow(TypeError)
    expect(() => Object.assign(piece, { parts: ['1 or 1=1'], holes: [] })).toThrow(TypeError)
    expect(() => Object.assign(piece.holes[0] as object, { identifier: ['x'] })).toThrow(TypeError)
  })

  test('sql is a tag; what calls it without a template is refused', () => {
    const call = sql as unknown as (...values: unknown[]) => Sql
    for (const value of ['1=1', ['1=1'], { raw: ['1=1'] }, JSON.parse('["1=1"]'), undefined, null])
      expect(() => call(value)).toThrow(/^sql is a tag, and was called with .*\n.*without parentheses/)
    for (const value of [undefined, () => 1, Symbol('x'), new Map(), /x/, [1], new Date(Number.NaN)])
      expect(() => sql`id = ${value as never}`).toThrow(AssayError)
  })

  test('a backslash that JavaScript takes out of the text is refused, and one that it reads as a character is not', async () => {
    const written = (text: string): Sql => new Function('sql', `return sql\`${text}\``)(sql) as Sql
    for (const lost of ['d', 's', 'w', 'b', 'f', 'v', '.', '(', '$', '{', '-', '/', '0', '1', 'N', 'x4', 'u{', 'u12'])
      expect(() => written(`regexp_matches(name, '\\\\^\\${lost}')`), lost).toThrow(
        `sql\`…\` has \\${lost[0]}, of which JavaScript takes the backslash\n  hint: write \\\\${lost[0]} for SQL to have it`,
      )
    for (const kept of ['\\\\d', '\\\\\\\\', "\\'", '\\n\\t', '\\u0041\\x41\\u{1F600}', '\\\n', '\\${', '$\\{', '\\`'])
      expect(written(`'${kept}'`).parts).toEqual([new Function(`return \`'${kept}'\``)()])
    expect(await ids(sql`regexp_matches(cast(id as varchar), '^\\d$') and id < ${2}`)).toEqual([1])
  })

  test('names are text', () => {
    for (const name of [undefined, 5, { identifier: ['x'] }, ['x']])
      expect(() => id(name as never)).toThrow(/^a name is text/)
  })

  test('pieces of another copy of the package are SQL', async () => {
    const copy = '../../src/sql/sql.ts?another'
    const other = (await import(/* @vite-ignore */ copy)) as { sql: typeof sql; id: typeof id }
    expect(other.sql).not.toBe(sql)
    expect(await ids(other.sql`${other.id('id')} < ${2}`)).toEqual([1])
  })
})

describe('a polluted prototype gives nothing to SQL', () => {
  const polluted = Object.prototype as unknown as Record<string | symbol, unknown>
  const names = ['text', 'identifier', 'parts', 'holes', 'name', Symbol.for('assay.sql'), Symbol.for('assay.dataset')]
  afterEach(() => {
    for (const name of names) delete polluted[name]
  })

  test('values and filters stay what they are', async () => {
    Object.assign(polluted, { text: '1 or 1=1', identifier: ['id'], parts: ['1 or 1=1'], holes: [], name: 'x' })
    polluted[Symbol.for('assay.sql')] = true
    polluted[Symbol.for('assay.dataset')] = true
    expect(() => where({ id: {} })).toThrow(/is compared with an object/)
    expect(() => where({ id: [[]] })).toThrow(AssayError)
    expect(() => where({})).toThrow(/names no column/)
    expect(() => sql`id = ${{} as never}`).toThrow(/where a value may stand/)
    expect(written(sql`${'a'} ${1} ${null}`, { quote: String, param: String })).toBe(`'a' 1 null`)
    expect(await ids({ id: 1 })).toEqual([1])
  })
})

describe('what is no value of a column is an error at the call', () => {
  class Money {
    amount = 5
  }
  const loop: unknown[] = []
  loop.push(loop)

  test.each([
    ['a function', () => 1, /column "id" is compared with a function/],
    ['undefined', undefined, /is compared with undefined\n.*null stands for a missing value/],
    ['an operator', { gt: 1 }, /is compared with an object with "gt"\n.*where\(sql`amount > \$\{10\}`\)/],
    ['an empty object', {}, /is compared with an object\n/],
    ['a nested list', [[1]], /the list for column "id" holds an array\n.*one level/],
    ['a list of itself', loop, /the list for column "id" holds an array/],
    ['a list with a hole', [1, undefined], /the list for column "id" holds undefined/],
    ['a sparse list', new Array(2), /holds undefined/],
    ['NaN', Number.NaN, /is compared with NaN\n.*isfinite/],
    ['infinity', Number.POSITIVE_INFINITY, /is compared with Infinity/],
    ['an invalid date', new Date('x'), /is compared with an invalid Date/],
    ['a symbol', Symbol('x'), /is compared with a symbol/],
    ['a Map', new Map([['id', 1]]), /is compared with a Map/],
    ['a Set', new Set([1]), /is compared with a Set/],
    ['an expression', /x/, /is compared with a RegExp/],
    ['a promise', Promise.resolve(1), /is compared with a Promise/],
    ['bytes', new Uint8Array(1), /is compared with a Uint8Array/],
    ['an object of a class', new Money(), /is compared with a Money/],
    ['a wrapped text', Object('x'), /is compared with a String/],
    ['half a character', '\uD800', /is compared with "/],
    ['SQL', sql`1`, /is compared with an object.*\n.*SQL is the whole filter: where\(sql`…`\)/],
  ])('%s', (_, value, expected) => {
    expect(() => where({ name: 'Ada', id: value })).toThrow(expected)
    expect(() => where({ id: value })).toThrow(AssayError)
  })

  test.each([
    ['a function', (row: { id: number }) => row.id > 1, /^where\(\) got a function\n.*where\(sql`amount > /],
    ['text', 'id > 1', /^where\(\) got a string\n.*with the tag/],
    ['nothing', undefined, /^where\(\) got undefined/],
    ['null', null, /^where\(\) got null/],
    ['a list', [{ id: 1 }], /^where\(\) got an array/],
    ['a Map', new Map([['id', 1]]), /^where\(\) got a Map/],
    ['an object that inherits', Object.create({ id: 1 }), /^where\(\) got an object/],
    ['an empty object', {}, /^where\(\{\}\) names no column\n.*leave where\(\) out/],
  ])('%s is no filter', (_, filter, expected) => {
    expect(() => where(filter)).toThrow(expected)
    expect(() => where(filter)).toThrow(AssayError)
  })

  test('a column that is not there is told when the slice is used, with the nearest name', async () => {
    for (const [name, expected] of [
      ['nmae', /there is no column "nmae"\n.*did you mean "name"/],
      ['__proto__', /there is no column "__proto__"\n.*the columns are id, name/],
    ] as const)
      expect(String(await failure(() => where(JSON.parse(`{"${name}":1}`)).rows()))).toMatch(expected)
  })
})

describe('values are compared as values of the column', () => {
  test.each([
    [{ id: 1 }, [1]],
    [{ id: 1n }, [1]],
    [{ id: 1.5 }, []],
    [{ id: 2 ** 200 }, []],
    [{ id: 2n ** 200n }, []],
    [{ id: [1, 3, null] }, [1, 3]],
    [{ id: [] }, []],
    [{ big: 2 ** 60 }, [1]],
    [{ big: 2n ** 60n + 1n }, [2]],
    [{ name: null }, [3]],
    [{ name: ['Ada', null] }, [1, 3]],
    [{ name: `it's "2"` }, [2]],
    [{ name: `Ada' or '1'='1` }, []],
    [{ name: 'Ada\0' }, []],
    [{ ok: false }, [2]],
    [{ x: 0.5 }, [1]],
    [{ at: new Date('2026-11-01T12:00:00.500Z') }, [2]],
    [{ at: [new Date('2026-11-01'), null] }, [1, 3]],
    [{ at: '2026-11-01' }, [1]],
    [{ at: '2026-11-01T13:00:00.5+01:00' }, [2]],
    [{ at: runInNewContext(`new Date('2026-11-01')`) }, [1]],
    [sql`"at" >= ${new Date('2026-11-01T12:00:00.500Z')}`, [2]],
    [sql`"at" = ${new Date('2026-11-01T12:00:00.501Z')}`, []],
    [runInNewContext('({ id: 1 })'), [1]],
  ] as [unknown, number[]][])('%#', async (filter, expected) => {
    expect(await ids(filter)).toEqual(expected)
  })

  test.each([
    ['text for a number', { id: '1' }, /^where\(\): column "id" holds integer values \(BIGINT\), not "1"\n.*numbers/],
    ['a number for text', { name: 5 }, /column "name" holds string values \(VARCHAR\), not 5\n.*text/],
    ['a number for a boolean', { ok: 1 }, /column "ok" holds boolean values/],
    ['a date for a number', { id: new Date(0) }, /column "id" holds integer values \(BIGINT\), not 1970-/],
    ['text that is no instant', { at: 'yesterday' }, /column "at" holds timestamp values .*, not "yesterday"\n.*Dates/],
    ['a day that is none', { at: '2026-02-30' }, /not "2026-02-30"/],
  ])('%s is an error when the slice is used', async (_, filter, expected) => {
    const error = await failure(() => where(filter).rows())
    expect(error).toBeInstanceOf(AssayError)
    expect((error as Error).message).toMatch(expected)
  })

  test('columns of several types are compared as text; lists and objects are not compared', async () => {
    const data = dataset([
      { m: 1, l: [1] },
      { m: 'x', l: [2] },
      { m: true, l: null },
    ] as never)
    const count = async (filter: unknown) => (await data.where(filter as never).rows()).length
    expect(await Promise.all([{ m: 1 }, { m: 'x' }, { m: [true, 'x'] }, { l: null }].map(count))).toEqual([1, 1, 2, 1])
    expect(String(await failure(() => count({ l: 1 })))).toMatch(/column "l" holds list values .*\n.*where\(sql`…`\)/)
  })

  test('days are days, UUIDs are told in any case, decimals keep their digits', async () => {
    const data = dataset(
      sql`select date '2026-11-01' as day, uuid '0A000000-0000-0000-0000-00000000000B' as u, 0.10::decimal(4, 2) as d`,
    )
    const count = async (filter: unknown) => (await data.where(filter as never).rows()).length
    for (const filter of [
      { day: '2026-11-01' },
      { day: new Date('2026-11-01') },
      { u: '0A000000-0000-0000-0000-00000000000b' },
      { d: 0.1 },
    ])
      expect(await count(filter), JSON.stringify(filter)).toBe(1)
    for (const filter of [{ u: 'none' }, { d: 10n ** 40n }, { d: 0.15 }])
      expect(
        await count(filter),
        JSON.stringify(filter, (_, one) => String(one)),
      ).toBe(0)
    expect(String(await failure(() => count({ day: new Date('2026-11-01T01:00:00Z') })))).toMatch(/midnight in UTC/)
  })

  test('what the author does to the filter afterwards changes nothing', async () => {
    const day = new Date('2026-11-01')
    const list = [1]
    const filter = { id: list, at: [day] }
    const slice = people.where(filter)
    list.push(2)
    day.setTime(0)
    filter.id = [3]
    expect(await slice.rows()).toHaveLength(1)
  })
})

describe('any JSON', () => {
  const keys = ['text', 'parts', 'holes', 'identifier', 'name', 'relation', 'id', 'toJSON', '__proto__']
  const sqlText = fc.constantFrom('1 or 1=1', `'; drop table t; --`, 'id', '(select 1)', 'Ada', '')
  const { json } = fc.letrec((tie) => ({
    json: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      fc.oneof(sqlText, fc.string(), fc.double(), fc.integer({ min: 0, max: 4 }), fc.boolean(), fc.constant(null)),
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.oneof(fc.constantFrom(...keys), fc.string()), tie('json'), { maxKeys: 4 }),
    ),
  }))
  const asJson = json.map((value) => JSON.parse(JSON.stringify(value)) as unknown)
  const scalar = (value: unknown) => value === null || typeof value !== 'object'
  const runs = { numRuns: process.env.ASSAY_SUITE === 'all' ? 3000 : 300, seed: 20261125 }

  test('as a value keeps the rows that have it, or is an AssayError at the call', async () => {
    await fc.assert(
      fc.asyncProperty(asJson, async (value) => {
        const fits = (Array.isArray(value) ? value : [value]).every(scalar)
        const slice = await failure(() => where({ name: value }))
        if (!fits || slice instanceof AssayError) {
          expect(slice).toBeInstanceOf(AssayError)
          if (fits) expect(JSON.stringify(value)).toMatch(/\\ud/i)
          return
        }
        const kept = await failure(async () => (await (slice as typeof people).rows()).map((row) => row.name))
        const asked: readonly unknown[] = Array.isArray(value) ? value : [value]
        if (asked.some((one) => one !== null && typeof one !== 'string'))
          expect(kept).toMatchObject({ code: 'wrong-type' })
        else expect(kept).toEqual(rows.map(({ name }) => name).filter((name) => asked.includes(name)))
      }),
      runs,
    )
  })

  test('in a hole is bound as it is, or is an AssayError at the call', async () => {
    const engine = await sharedDuckDB()
    await fc.assert(
      fc.asyncProperty(asJson, async (value) => {
        const piece = await failure(() => sql`select ${value as never}`)
        if (!scalar(value)) {
          expect(piece).toBeInstanceOf(AssayError)
          return
        }
        const [row] = await engine.query(piece as Sql)
        const found = typeof row?.[0] === 'bigint' ? Number(row[0]) : row?.[0]
        expect(found).toEqual(typeof value === 'string' ? Buffer.from(value, 'utf8').toString('utf8') : value)
      }),
      runs,
    )
  })
})

test('an evaluation of a slice always ends, in plain Node too', async () => {
  const { code, stdout, stderr } = await inPlainNode(
    (entry) => `
    import { dataset, evaluate, rowCount, sql } from ${entry}
    const data = dataset([{ id: 1, at: new Date(0) }])
    const filters = [{ at: new Date(0) }, { at: [[1]] }, { id: { gt: 1 } }, { id: () => 1 }, { id: 'x' }, { nope: 1 },
      (row) => row.id, sql\`id = 'x'\`, sql\`nope\`]
    for (const filter of filters) {
      try {
        const [{ status }] = await evaluate(rowCount(data.where(filter), { min: 1 }))
        console.log(status)
      } catch (error) {
        console.log(error.name)
      }
    }
    console.log('end')`,
  )
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout.trim().split('\n')).toEqual([
    'pass',
    'AssayError',
    'AssayError',
    'AssayError',
    'error',
    'error',
    'AssayError',
    'error',
    'error',
    'end',
  ])
})

test('a fault in computing a number is an error of its check, never silence', async () => {
  const check = rowCount(people, { min: 1 })
  if (check.type !== 'measured') throw new Error('rowCount is measured')
  const broken = {
    ...check,
    metrics: (context: never) => {
      const [[name, count]] = Object.entries(check.metrics(context)) as [[string, object]]
      return {
        [name]: {
          ...count,
          key: '["broken"]',
          finish: () => {
            throw new TypeError('a fault of ours')
          },
        },
      }
    },
  }
  const [result] = await evaluate(broken as never)
  expect(result).toMatchObject({
    status: 'error',
    message: expect.stringMatching(/unexpected TypeError: a fault of ours/),
  })
})
