import { writeFileSync } from 'node:fs'
import { copyFile, open, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const flights = path.resolve('node_modules/vega-datasets/data/flights-3m.parquet')

function file(name: string, content: string | Buffer): string {
  const target = path.join(folder, name)
  writeFileSync(target, content)
  return target
}

const columnsOf = async (source: Parameters<typeof dataset>[0], options = {}) =>
  (await relationOf(dataset(source, options))).columns.map(({ name, type }) => `${name} ${type}`)
const failure = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (error: Error) => error.message,
  )
const openError = (source: Parameters<typeof dataset>[0], options = {}) => failure(relationOf(dataset(source, options)))

describe('CSV', () => {
  test('types are read off the text, and text that is not of its type stays text', async () => {
    const text =
      'id,zip,price,ok,day,at,note\n1,01234,2.50,true,2024-02-29,2024-02-29T10:00:00,a\n2,99999,-1e3,FALSE,2024-03-01,2024-03-01 10:00,"b, c"\n'
    expect(await columnsOf(file('types.csv', text))).toEqual([
      'id integer',
      'zip string',
      'price number',
      'ok boolean',
      'day date',
      'at timestamp',
      'note string',
    ])
  })

  test.each([
    ['semicolon.csv', 'a;b\n1;2\n'],
    ['tab.tsv', 'a\tb\n1\t2\n'],
    ['pipe.csv', 'a|b\n1|2\n'],
    ['bom.csv', '\uFEFFa,b\n1,2\n'],
    ['crlf.csv', 'a,b\r\n1,2\r\n'],
    ['quoted.csv', '"a","b"\n"1","2"\n'],
  ])('delimiter and header of %s are found', async (name, text) => {
    const data = dataset(file(name, text))
    expect(await data.rows()).toEqual([{ a: 1n, b: 2n }])
  })

  test('quotes, newlines and SQL in names and cells are data', async () => {
    const name = `x"; drop table t; --`
    const rows = await dataset(file('hostile.csv', `"x""; drop table t; --",'y'\n"a\nb",it's\n`)).rows()
    expect(rows).toEqual([{ [name]: 'a\nb', "'y'": "it's" }])
  })

  test('declared texts are missing, and only those', async () => {
    const source = file('missing.csv', 'a,b\nNA,\n1,x\n')
    expect(await dataset(source, { missing: ['NA'] }).rows()).toEqual([
      { a: null, b: '' },
      { a: 1n, b: 'x' },
    ])
  })

  test('a type can be declared', async () => {
    expect(await columnsOf(file('declared.csv', 'a\n1\n'), { types: { a: 'string' } })).toEqual(['a string'])
  })

  test('a file with glob characters in its name is itself, not a pattern', async () => {
    file('part1.csv', 'a\n1\n')
    expect(await dataset(file('part[1].csv', 'b\n2\n')).rows()).toEqual([{ b: 2n }])
  })

  test('what cannot be read says what is there and what to try', async () => {
    expect(await openError(file('empty.csv', ''))).toMatch(/is empty \(0 bytes\).*header/)
    expect(await openError(file('lfs.csv', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\n'))).toMatch(
      /Git LFS pointer.*\n.*git lfs pull/,
    )
    expect(await openError(path.join(folder, 'typse.csv'))).toMatch(
      /there is no file ".*typse\.csv"\n.*did you mean ".*types\.csv"/,
    )
    expect(await openError('/no/such/folder/a.csv')).toMatch(/its folder .* does not exist/)
  })
})

describe('Parquet', () => {
  test('types survive', async () => {
    expect(await columnsOf(flights)).toEqual([
      'date timestamp',
      'delay integer',
      'distance integer',
      'origin string',
      'destination string',
    ])
  })

  test('an empty, a cut and a wrong file are told apart', async () => {
    expect(await openError(file('empty.parquet', ''))).toMatch(/is empty \(0 bytes\)/)
    const cut = path.join(folder, 'cut.parquet')
    await copyFile(flights, cut)
    const handle = await open(cut, 'r+')
    await handle.truncate(100_000)
    await handle.close()
    expect(await openError(cut)).toMatch(/is cut off.*100000 bytes/)
    expect(await openError(file('text.parquet', 'a,b\n1,2\n'))).toMatch(
      /is not a Parquet file: it starts with "a,b\\n"/,
    )
  })
})

describe('records', () => {
  test('columns are the union of keys; types hold all values', async () => {
    const rows = [
      { a: 1, b: 'x' },
      { b: null, c: true },
      { a: 2.5, d: new Date(0), e: { f: [1] }, g: 1n },
    ]
    expect(await columnsOf(rows)).toEqual(['a number', 'b string', 'c boolean', 'd timestamp', 'e struct', 'g integer'])
    expect(await dataset(rows).rows()).toHaveLength(3)
  })

  test('values come back as they went in', async () => {
    const rows = [
      { i: 9_007_199_254_740_991, n: 0.1, s: 'é👩‍👩‍👧\u0000"', b: false, big: 2n ** 62n },
      { i: -1, n: Number.NEGATIVE_INFINITY, s: '', b: null, big: null },
    ]
    const [first, second] = await dataset(rows).rows()
    expect(first).toEqual({ i: 9_007_199_254_740_991n, n: 0.1, s: 'é👩‍👩‍👧\u0000"', b: false, big: 2n ** 62n })
    expect(second).toEqual({ i: -1n, n: Number.NEGATIVE_INFINITY, s: '', b: null, big: null })
  })

  test('an empty array is a dataset without rows', async () => {
    expect(await dataset([]).rows()).toEqual([])
  })

  test('something that is no record is named', async () => {
    expect(await openError([{ a: 1 }, 3 as never])).toBe('record 2 is a number, not an object with named values')
    const { findings } = await relationOf(dataset([{ 'a\0b': 1 }]))
    expect((await findings?.())?.first).toMatchObject([{ kind: 'header', column: 'ab' }])
  })

  test('declared values are missing', async () => {
    const rows = await dataset(
      [
        { a: -999, b: 'NA', c: Number.NaN },
        { a: 1, b: 'x', c: 0.5 },
      ],
      { missing: [-999, 'NA', Number.NaN] },
    ).rows()
    expect(rows[0]).toEqual({ a: null, b: null, c: null })
    expect(rows[1]).toEqual({ a: 1n, b: 'x', c: 0.5 })
  })
})

describe('slices', () => {
  const people = dataset(
    [
      { n: 1, s: 'a' },
      { n: 2, s: 'b' },
      { n: 3, s: null },
    ],
    { name: 'people' },
  )

  test('values, lists, nulls and conditions select rows', async () => {
    const names = async (slice: typeof people) => (await slice.rows()).map(({ n }) => Number(n))
    expect(await names(people.where({ s: 'a' }))).toEqual([1])
    expect(await names(people.where({ s: ['a', null] }))).toEqual([1, 3])
    expect(await names(people.where({ s: [] }))).toEqual([])
    expect(await names(people.where(sql`n > ${1}`).where({ s: 'b' }))).toEqual([2])
    expect(await names(people.where({ s: `a' or '1'='1` }))).toEqual([])
  })

  test('a slice says what it is', () => {
    expect(people.where({ s: 'a' }).where(sql`n > ${1}`).slice).toBe('s = "a" and n > 1')
  })

  test('a column that is not there is an error with the nearest name', async () => {
    expect(await failure(people.where({ S: 'a' } as object).rows())).toMatch(
      /where\(\): there is no column "S"\n.*did you mean "s"/,
    )
  })
})

describe('fingerprints', () => {
  test('are of the content, whatever the name', async () => {
    const one = file('one.csv', 'a\n1\n')
    const two = file('two.csv', 'a\n1\n')
    const other = file('other.csv', 'a\n2\n')
    const print = (source: string) => dataset(source).fingerprint()
    expect(await print(one)).toMatch(/^sha256:[0-9a-f]{32}$/)
    expect(await print(one)).toBe(await print(two))
    expect(await print(one)).not.toBe(await print(other))
  })

  test('of records follow values and columns', async () => {
    const print = (rows: object[]) => dataset(rows).fingerprint()
    expect(await print([{ a: 1 }, { a: 2 }])).toBe(await print([{ a: 1 }, { a: 2 }]))
    expect(await print([{ a: 1 }, { a: 2 }])).not.toBe(await print([{ a: 1 }, { a: 3 }]))
    expect(await print([{ a: 1 }])).not.toBe(await print([{ b: 1 }]))
  })
})

test.each(['postgres://localhost/shop', 'shop.sqlite', 'bigquery://shop/orders'])(
  'a database that no source reads is asked by its driver: %s',
  (source) => {
    expect(() => dataset(source)).toThrow(/no source reads .*\n.*ask the database by its driver/)
  },
)

test('what no source reads is an error at the call', () => {
  expect(() => dataset('data.docx')).toThrow(
    /dataset\("data\.docx"\): no source reads "\.docx"\n.*\.parquet .*files,.* \.csv \.tsv files/,
  )
  expect(() => dataset(null as never)).toThrow(/dataset\(\) got null/)
  expect(() => dataset(42 as never)).toThrow(/dataset\(\) got a number/)
})

test('three million rows are counted from the file, not loaded', async () => {
  const before = process.memoryUsage().rss
  const [row] = await (await relationOf(dataset(flights))).engine.query(
    sql`select count(*) from read_parquet(${flights})`,
  )
  expect(Number(row?.[0])).toBe(3_000_000)
  expect(process.memoryUsage().rss - before).toBeLessThan(500 * 1024 ** 2)
  expect((await readFile(flights)).length).toBeGreaterThan(10_000_000)
})

test('an option that no dataset has is an error, with the nearest one', () => {
  expect(() => dataset([{ a: 1 }], { nmae: 'x' } as never)).toThrow(/does not know the option "nmae"\n.*name/)
  expect(() => dataset([{ a: 1 }], { malformed: 'ignore' as never })).toThrow(
    /malformed is "ignore"\n.*'fail' or 'warn'/,
  )
  expect(() => dataset([{ a: 1 }], 'x' as never)).toThrow(/got a string as options/)
})
