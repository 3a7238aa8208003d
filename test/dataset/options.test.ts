import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { portablePath } from '../../src/bytes/address.ts'
import { dataset, datasetOf } from '../../src/dataset/dataset.ts'
import { datasetOptionNames } from '../../src/dataset/datasetOptions.ts'
import { AssayError } from '../../src/errors.ts'
import { isPlainObject } from '../../src/options.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const at = (name: string): string => path.join(folder, name)
const people = dataset([{ id: 1, email: 'a@b.co' }], { name: 'people' })

/** What no option, and hardly an argument, can be. */
const strange: readonly unknown[] = [
  null,
  () => 1,
  Symbol('x'),
  {},
  new Map(),
  Number.NaN,
  [{}],
  [[]],
  new Date(),
  /x/g,
]
const open = dataset as (source: unknown, options?: unknown) => typeof people

describe('a wrong question is an AssayError at the call, that says what to try', () => {
  test.each(datasetOptionNames)('%s of a dataset', (name) => {
    let refused = 0
    for (const value of [...strange, -1, 5, true, '', 'x', ['x']]) {
      try {
        open(at('x.csv'), { [name]: value })
      } catch (error) {
        expect(error).toBeInstanceOf(AssayError)
        expect((error as AssayError).message).toContain(name)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(8)
  })

  test.each([
    [{ nmae: 'x' }, /dataset\(\) does not know the option "nmae"\n.*did you mean name\?/],
    [{ keys: 'x' }, /does not know the option "keys"\n.*did you mean key\?/],
    [{ PII: 'x' }, /does not know the option "PII"\n.*did you mean pii\?/],
    [{ key: [1] }, /key is an array\n.*name of a column or a list of names/],
    [{ missing: 'NA' }, /missing is "NA"\n.*list of texts and numbers/],
    [{ types: { id: 'integr' } }, /types says that "id" is "integr"\n.*did you mean "integer"\?/],
    [{ types: { id: 'list' } }, /types says that "id" is "list"\n.*types are boolean, integer/],
    [{ malformed: 'ignore' }, /malformed is "ignore"\n.*'fail' or 'warn'/],
    [{ sheet: 0 }, /sheet is 0\n.*its number from 1/],
    [['name'], /dataset\(\) got an array as options/],
    [new Map([['name', 'x']]), /dataset\(\) got a Map as options/],
    [Object.create({ name: 'x' }), /dataset\(\) got an object as options/],
    ['orders', /dataset\(\) got a string as options/],
    [null, /dataset\(\) got null as options/],
  ])('options %#', (options, expected) => {
    expect(() => open(at('x.csv'), options)).toThrow(expected)
    expect(() => open(at('x.csv'), options)).toThrow(AssayError)
  })

  test.each([
    ['column', (value: unknown) => people.column(value as string)],
    ['where', (value: unknown) => people.where(value as never)],
    ['sample', (value: unknown) => people.sample(value as number)],
    ['dataset', (value: unknown) => open(value)],
  ] as const)('%s() of what it cannot take', (name, ask) => {
    for (const value of [...strange, undefined]) {
      // A list is one of records, whose first look says what they are; an object without columns has none.
      if (name === 'dataset' && (Array.isArray(value) || isPlainObject(value))) continue
      expect(() => ask(value), String(value)).toThrow(AssayError)
    }
  })

  test('sample and its seed', () => {
    expect(() => people.sample(1.5)).toThrow(/sample\(1\.5\): a sample has a whole number of rows/)
    expect(() => people.sample('5' as never)).toThrow(/sample\("5"\)/)
    expect(() => people.sample(5, { sede: 1 } as never)).toThrow(/sample\(\) does not know the option "sede"\n.*seed/)
    expect(() => people.sample(5, 1 as never)).toThrow(/sample\(\) got a number as options/)
    for (const seed of [null, Number.NaN, {}, true, 1n])
      expect(() => people.sample(5, { seed } as never), typeof seed).toThrow(/seed is .*\n.*a number or text/)
  })

  test('datasetOf', async () => {
    const relation = await relationOf(people)
    const given = (options: unknown) => datasetOf(relation, options as never)
    expect(() => given({ name: 'x', kye: 'id' })).toThrow(/datasetOf\(\) does not know the option "kye"\n.*key/)
    expect(() => given({ name: 5 })).toThrow(/datasetOf\(\): name is 5/)
    expect(() => given({})).toThrow(/got no name/)
    expect(() => given(undefined)).toThrow(/got no name/)
    expect(given({ name: 'x', key: 'id', source: 'y' })).toMatchObject({ name: 'x', key: ['id'], source: 'y' })
  })
})

test('a key that is no column is told when the dataset is used, with the nearest name', async () => {
  for (const source of [[{ id: 1 }], { id: [1] }])
    await expect(open(source, { key: ['idd'] }).rows()).rejects.toThrow(
      /key: there is no column "idd"\n.*did you mean "id"\?/,
    )
  await expect(open([{ id: 1 }], { types: { ID: 'integer' } }).rows()).rejects.toThrow(/types: there is no column "ID"/)
})

describe('a polluted prototype', () => {
  afterEach(() => {
    for (const name of datasetOptionNames) delete (Object.prototype as unknown as Record<string, unknown>)[name]
    delete (Object.prototype as unknown as Record<string, unknown>).seed
  })

  test('sets no option', async () => {
    Object.assign(Object.prototype, { missing: [1], malformed: 'warn', key: 'nope', types: { id: 'string' }, seed: {} })
    expect(await dataset([{ id: 1 }]).rows()).toEqual([{ id: 1n }])
    expect(
      await dataset([{ id: 1 }], {})
        .sample(1, {})
        .rows(),
    ).toEqual([{ id: 1n }])
    expect(dataset([{ id: 1 }], {}).key).toEqual([])
  })
})

describe('a URL', () => {
  beforeAll(() => {
    writeFileSync(at('a [1] é#?%.csv'), 'id\n1\n')
    writeFileSync(at('b.csv'), 'id\n2\n')
  })

  test('of a file is its path, whatever its name; also in a list, and of another realm', async () => {
    const odd = pathToFileURL(at('a [1] é#?%.csv'))
    expect(await dataset(odd).rows()).toEqual([{ id: 1n }])
    expect(dataset(odd)).toMatchObject({ name: 'a [1] é#?%', source: portablePath(at('a [1] é#?%.csv')) })
    expect(await dataset([odd, at('b.csv')]).rows()).toEqual([{ id: 1n }, { id: 2n }])
    const other = runInNewContext('new URL(href)', { URL, href: pathToFileURL(at('b.csv')).href }) as URL
    expect(await dataset(other).rows()).toEqual([{ id: 2n }])
    expect(await dataset(odd.href).rows()).toEqual([{ id: 1n }])
    expect(await dataset([odd.href, other.href]).rows()).toEqual([{ id: 1n }, { id: 2n }])
    expect(await dataset(new URL('*.csv', `${pathToFileURL(folder).href}/`)).rows()).toHaveLength(2)
  })

  test('of elsewhere is its address, without secrets in the name', () => {
    const url = new URL('https://user:pass@example.org/data/orders.csv?token=secret')
    expect(dataset(url)).toMatchObject({ name: 'orders', source: 'https://example.org/data/orders.csv' })
    expect(dataset(new URL('s3://bucket/orders.parquet')).name).toBe('orders')
  })

  test('that is neither is an error', () => {
    expect(() => dataset(new URL('data:text/csv,id'))).toThrow(/got the URL "data:.*\n.*file:, https: and s3:/)
    expect(() => dataset(new URL('file:///x.csv?y=1'))).toThrow(/with \?y=1 at its end\n.*%3F/)
    if (process.platform !== 'win32')
      expect(() => dataset(new URL('file://host/x.csv'))).toThrow(/no path of this machine/)
  })
})

test('columns() are the names and types, of a slice too', async () => {
  const data = dataset([{ id: 1, at: new Date(0), x: 0.5, s: 'a', l: [1] }], { types: {} })
  const columns = [
    { name: 'id', type: 'integer' },
    { name: 'at', type: 'timestamp' },
    { name: 'x', type: 'number' },
    { name: 's', type: 'string' },
    { name: 'l', type: 'list' },
  ]
  expect(await data.columns()).toEqual(columns)
  expect(await data.where({ id: 1 }).columns()).toEqual(columns)
  await expect(dataset(at('nope.csv')).columns()).rejects.toThrow(/there is no file/)
})
