import { existsSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { beforeAll, describe, expect, test } from 'vitest'
import { evaluate, noMissing, rowCount, valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { type Sql, sql } from '../../src/sql/sql.ts'
import { temporaryFolder } from '../helpers/files.ts'

const folder = temporaryFolder()
const at = (name: string) => path.join(folder, name)
const secret = at('secret.csv')

beforeAll(() => {
  writeFileSync(at('orders.csv'), 'id,shop,amount\n1,10,5.5\n2,20,\n3,10,7\n')
  writeFileSync(at('[1] shops.jsonl'), '{"id":10,"name":"North"}\n{"id":20,"name":"it\'s"}\n')
  writeFileSync(at('other.csv'), 'x\n1\n')
  writeFileSync(secret, 'password\nhunter2\n')
  symlinkSync(secret, at('link.csv'))
})

const orders = dataset(at('orders.csv'), { name: 'orders' })
const shops = dataset(at('[1] shops.jsonl'), { name: 'shops' })
const people = dataset(
  [
    { id: 1, who: 'Ada' },
    { id: 2, who: null },
  ],
  { name: 'people' },
)

const failure = (work: Promise<unknown>) =>
  work.then(
    (value) => `no error: ${JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? String(one) : one))}`,
    (error: Error) => error.message,
  )
const openError = (query: Sql) => failure(dataset(query).rows())

describe('a query over datasets', () => {
  test('joins files, records and slices; values are bound', async () => {
    const joined = dataset(
      sql`select o.id, s.name, p.who from ${orders} o join ${shops} s on s.id = o.shop
        left join ${people.where({ id: 1 })} p on p.id = o.id where s.name <> ${"it's"} order by o.id -- the end`,
      { name: 'joined', key: 'id' },
    )
    expect(joined.source).toMatch(/^select o\.id, s\.name, p\.who from orders o join shops s .*"it's"/)
    expect(await joined.rows()).toEqual([
      { id: 1n, name: 'North', who: 'Ada' },
      { id: 3n, name: 'North', who: null },
    ])
    const [result] = await evaluate(noMissing(joined.column('who')))
    expect(result).toMatchObject({ subject: { name: 'joined' }, status: 'fail', evidence: [{ rowNumbers: [2] }] })
    expect(await joined.where({ id: 3 }).rows()).toHaveLength(1)
  })

  test('reads the copies that are made of compressed and of broken files', async () => {
    writeFileSync(at('packed.csv.gz'), gzipSync('id\n1\n'))
    writeFileSync(at('broken.csv'), 'id,x\n1,2\n3\n')
    writeFileSync(at('packed.jsonl.gz'), gzipSync('{"id":1}\n'))
    writeFileSync(at('list.json'), '[{"id":1},{"id":}]')
    for (const file of ['packed.csv.gz', 'broken.csv', 'packed.jsonl.gz', 'list.json']) {
      const data = dataset(at(file), { malformed: 'warn' })
      expect(await dataset(sql`select id from ${data}`).rows()).toEqual([{ id: 1n }])
    }
  })

  test('runs once, so that all checks see the same rows', async () => {
    const drawn = dataset(sql`select random() as r from range(1000)`)
    const sum = async () => (await drawn.rows()).reduce((all, { r }) => all + Number(r), 0)
    expect(await sum()).toBe(await sum())
  })

  test('may stand in another one', async () => {
    const spent = dataset(sql`select shop, sum(amount) as total from ${orders} group by shop`, { name: 'spent' })
    const named = dataset(sql`select name, total from ${spent.where({ shop: 10 })} t join ${shops} s on s.id = t.shop`)
    expect(await named.rows()).toEqual([{ name: 'North', total: 12.5 }])
  })

  test('takes in what its datasets declare missing', async () => {
    const source = dataset(at('orders.csv'), { missing: ['', '7'] })
    expect(await dataset(sql`select count(amount) as n from ${source}`).rows()).toEqual([{ n: 1n }])
  })

  test('has a fingerprint of its text and its data', async () => {
    const print = (one: Sql) => dataset(one).fingerprint()
    const query = sql`select id from ${orders}`
    expect(await print(query)).toBe(await print(sql`select id from ${orders}`))
    expect(await print(query)).not.toBe(await print(sql`select id from ${shops}`))
    expect(await print(query)).not.toBe(await print(sql`select shop from ${orders}`))
    expect(await print(query)).not.toBe(await print(sql`select id from ${orders.where({ id: 1 })}`))
  })

  test('can be judged; a limit that fails shows its rows', async () => {
    const results = await evaluate([
      rowCount(dataset(sql`select * from ${orders}`), { min: 3 }),
      valuesBetween(dataset(sql`select amount from ${orders}`).column('amount'), { max: 6 }),
    ])
    expect(results).toMatchObject([{ status: 'pass' }, { status: 'fail', evidence: [{ rows: [['7.0']] }] }])
  })
})

describe('what is personal stays so', () => {
  const members = dataset(
    [
      { id: 1, email: 'a@b.co' },
      { id: 2, email: null },
    ],
    { name: 'members', pii: 'email' },
  )
  const shown = async (query: Sql, options = {}) =>
    JSON.stringify(await evaluate(valuesBetween(dataset(query, options).column('id'), { max: 0 })))

  test('under its own name, and in columns that are no column of an input', async () => {
    for (const query of [
      sql`select * from ${members}`,
      sql`select id, x from ${members} m(id, x)`,
      sql`select id, m from ${members} m`,
    ]) {
      const results = await shown(query)
      expect(results).toContain('[redacted]')
      expect(results).not.toContain('a@b.co')
    }
  })

  test('a query that names it says what of its result is personal', async () => {
    const query = sql`select id, Email as contact from ${members}`
    expect(await openError(query)).toMatch(/the query names "email", a personal column of "members"\n.*pii: \[\]/)
    expect(await shown(query, { pii: ['contact'] })).not.toContain('a@b.co')
    expect(await shown(query, { pii: [] })).toContain('a@b.co')
  })
})

describe('a query reads its datasets and nothing else', () => {
  test.each([
    [sql`select * from read_csv(${secret})`],
    [sql`select * from read_text(${secret})`],
    [sql`select * from glob(${at('*')})`],
    [sql`select * from sniff_csv(${secret})`],
    [sql`select * from ${orders} where exists (select * from read_blob(${secret}))`],
    [sql`select * from query(${`select * from read_text('${secret}')`})`],
    [sql`select * from 'https://example.org/x.parquet'`],
    [sql`select * from 's3://bucket/x.parquet'`],
    [sql`with a as (select * from read_json('/etc/passwd')) select * from a`],
    [sql`(select * from read_text('/proc/self/environ'))`],
    [sql`select * from read_csv(${at('../')} || 'etc')`],
  ])('%#: what is not declared is refused', async (query) => {
    const message = await openError(query)
    expect(message).toMatch(
      /the query (may not read|may not call|reads ".*", which is not there)|table function|no error/i,
    )
    expect(message).not.toMatch(/no error|hunter2/)
  })

  test('a path as a table, and a link to elsewhere', async () => {
    expect(await openError(sql`select * from '/etc/passwd'`)).toMatch(
      /the query reads "\/etc\/passwd", which is not there\n.*datasets/,
    )
    expect(await openError(sql`select * from read_csv(${at('link.csv')})`)).toMatch(
      /the query may not read ".*link\.csv"/,
    )
    expect(await openError(sql`select count(*) from ${orders}, read_csv(${at('other.csv')})`)).toMatch(
      /may not read ".*other\.csv"/,
    )
  })

  test.each([
    ['copy', sql`copy (select 1) to ${at('out.csv')}`, /is no SELECT|cannot be parsed/],
    ['attach', sql`attach 'x.duckdb'`, /is no SELECT/],
    ['install', sql`install httpfs`, /is no SELECT/],
    ['load', sql`load httpfs`, /is no SELECT/],
    ['set', sql`set enable_external_access = true`, /is no SELECT/],
    ['pragma', sql`pragma disable_checkpoint_on_shutdown`, /is no SELECT/],
    ['create', sql`create table x as select 1`, /is no SELECT/],
    ['drop', sql`drop table x`, /is no SELECT/],
    ['call', sql`call pragma_version()`, /is no SELECT/],
    ['two', sql`select 1; select 2`, /got 2 statements/],
    ['a second one', sql`select 1; set threads = 1`, /is no SELECT|statements/],
    ['an escape', sql`select 1) t; copy (select 1) to 'x.csv'; select * from (select 1`, /cannot be parsed/],
    ['an open comment', sql`select 1 /*`, /cannot be parsed/],
    ['nothing', sql``, /got 0 statements|cannot be parsed/],
    ['nonsense', sql`selekt 1`, /cannot be parsed: syntax error/],
    ['getenv', sql`select getenv('HOME')`, /may not call getenv\(\)/],
  ])('%s is refused', async (_, query, expected) => {
    expect(await openError(query)).toMatch(expected)
    expect(existsSync(at('out.csv'))).toBe(false)
  })

  test('a nested query is as locked as an outer one', async () => {
    const inner = dataset(sql`select * from read_text(${secret})`, { name: 'inner' })
    expect(await openError(sql`select * from ${inner}`)).toMatch(/may not read/)
  })
})

describe('a condition is one expression over a row', () => {
  test.each([
    ['a query', sql`id in (select 1)`, /a condition with a query in it\n.*dataset\(sql/],
    ['a file in a query', sql`exists (select * from read_text(${secret}))`, /a condition with a query in it/],
    [
      'a query deep inside',
      sql`case when list_transform([1], x -> (select x))[1] = 1 then true end`,
      /a condition with a query in it/,
    ],
    ['two statements', sql`1 = 1); drop table x; select (1 = 1`, /more than one condition|cannot be parsed/],
    [
      'a union',
      sql`1 = 1) union all (select * from read_text('/etc/passwd')`,
      /more than one condition|cannot be parsed/,
    ],
    ['a parenthesis of its own', sql`id > 1) or (id < 1`, /cannot be parsed/],
    ['a group', sql`1 = 1 group by id`, /more than one condition/],
    ['a limit', sql`1 = 1 limit 1`, /more than one condition/],
    ['an order', sql`1 = 1 order by id`, /more than one condition/],
    ['a window', sql`1 = 1 qualify row_number() over () = 1`, /more than one condition/],
    ['a group that leaves its parentheses', sql`1 = 1) group by (id`, /cannot be parsed/],
    ['an open comment', sql`1 = 1 /*`, /cannot be parsed/],
    ['a dataset', sql`id = ${orders}`, /the dataset "orders" stands where only a value may/],
  ])('%s is refused', async (_, condition, expected) => {
    expect(await failure(people.where(condition).rows())).toMatch(expected)
  })

  test('ordinary ones, comments and functions are fine', async () => {
    expect(await people.where(sql`id between ${1} and 1 and lower(who) like 'a%' -- Ada`).rows()).toHaveLength(1)
    expect(await people.where(sql`(id = 1) or (who is null)`).rows()).toHaveLength(2)
  })
})

test('a dataset has all its rows in every engine that reads it, whichever reads it first', async () => {
  const id = new Int32Array([4, 1, -3])
  const table = tableFromArrays({ id, t: ['a', 'é', 'a'] })
  const file = at('rows.arrow')
  writeFileSync(file, tableToIPC(table, 'file'))
  const sources = [
    [...id].map((one) => ({ id: one })),
    { id },
    { id: table.getChild('id') },
    table,
    table.batches[0],
    file,
    [file],
  ]
  for (const [i, source] of sources.entries()) {
    const data = dataset(source as never)
    const query = () => dataset(sql`select id from ${data} where id > ${0}`)
    for (const rows of [await query().rows(), await query().rows(), await data.where(sql`id > ${0}`).rows()])
      expect(
        rows.map((row) => Number(row.id)),
        `source ${i}`,
      ).toEqual([4, 1])
    expect(await data.rows()).toHaveLength(3)
    expect(await query().rows()).toHaveLength(2)
  }
})

test.each([
  [() => sql`select amout from ${orders}`, /amout.*\n(.*\n)*.*did you mean "amount"\?/],
  [() => sql`select summ(amount) from ${orders}`, /summ(.*\n)*.*did you mean "sum"\?/],
])('a name that the engine does not know is told with the nearest one', async (query, message) => {
  const [result] = await evaluate(rowCount(dataset(query(), { name: 'typo' }), 1))
  expect(result?.status).toBe('error')
  expect(result?.message).toMatch(message)
})
