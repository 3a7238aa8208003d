import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { evaluate, noMissing } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import { stoppedBy } from '../../../src/engine/running.ts'
import { type Sql, sql } from '../../../src/sql/sql.ts'
import { folderWith } from '../../helpers/files.ts'
import { fileOpener } from '../../helpers/opened.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

const open = fileOpener()

const lenient = { malformed: 'warn' } as const

const columnsOf = async (data: Dataset) => (await relationOf(data)).columns.map(({ name, type }) => `${name} ${type}`)
const findingsOf = async (data: Dataset) => {
  const { findings } = await relationOf(data)
  return (await findings?.())?.first.map(({ line, reason }) => `${line}: ${reason}`) ?? []
}
const openError = (data: Dataset) =>
  relationOf(data).then(
    () => 'no error',
    (error: Error) => error.message,
  )

describe('types', () => {
  test('are read off all rows, not the first', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => JSON.stringify({ n: i < 29_999 ? i : 'x', m: i }))
    expect(await columnsOf(open('jsonl', rows.join('\n')))).toEqual(['n mixed', 'm integer'])
  })

  test('64-bit integers stay exact, and wider ones than a signed one too', async () => {
    const data = open('jsonl', '{"a":9007199254740993,"b":18446744073709551615}\n{"a":-9223372036854775808,"b":-1}\n')
    expect(await data.rows()).toEqual([
      { a: 9007199254740993n, b: 18446744073709551615n },
      { a: -(2n ** 63n), b: -1n },
    ])
  })

  test('nested values are lists and structs; dates stay text unless declared', async () => {
    const text = '{"l":[1,[2]],"s":{"x":null},"d":"2024-02-29"}\n{"l":[],"s":{},"d":"soon"}\n'
    expect(await columnsOf(open('jsonl', text))).toEqual(['l list', 's struct', 'd string'])
    const dated = open('jsonl', text, { types: { d: 'date' } })
    expect(await dated.rows()).toMatchObject([{ d: new Date('2024-02-29') }, { d: 'soon' }])
    const [result] = await evaluate(noMissing(dated.column('d')))
    expect(result).toMatchObject({ status: 'pass' })
  })

  test('declared values are missing, of typed cells too', async () => {
    const text = '[{"a":"NA","b":-999,"c":"NA"},{"a":"x","b":1,"c":"2"}]'
    const data = open('json', text, { missing: ['NA', -999], types: { c: 'integer' } })
    expect(await data.rows()).toEqual([
      { a: null, b: null, c: null },
      { a: 'x', b: 1n, c: 2n },
    ])
    expect(await evaluate(noMissing(data.column('c')))).toMatchObject([{ status: 'fail', counts: { failed: 1 } }])
  })

  test('hostile keys are names', async () => {
    const key = `x"; drop table t; --`
    const rows = [{ [key]: 1, '/~"\\': 2, '0': 3, 'é\u{1f600}': 4, ['__proto__']: 5, 'a.b': 6, '*': 7, "'": 8 }]
    const text = JSON.stringify(rows)
    const [row] = await open('json', text).rows()
    expect(row && Object.entries(row).map(([name, value]) => [name, Number(value)])).toEqual(
      Object.entries(JSON.parse(text)[0]),
    )
  })

  test('records without any key still count', async () => {
    expect(await open('jsonl', '{}\n{}\n').rows()).toEqual([{}, {}])
    expect(await open('json', '[]').rows()).toEqual([])
  })

  test('deep nesting is data', async () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    for (const data of [open('jsonl', `{"a":${deep}}`), open('json', `[{"a":${deep}}]`)])
      expect(await data.rows()).toEqual([{ a: deep }])
  })
})

describe('what a file holds', () => {
  const two = [{ a: 1n }, { a: 2n }]
  test.each([
    ['an array', 'json', '[{"a":1},\n {"a":2}]'],
    ['records one after another', 'json', '{"a":1}\n{\n"a":2}'],
    ['arrays one after another', 'json', '[{"a":1}][{"a":2}]'],
    ['an object with one array of records', 'json', '{"n":2,"tags":["x"],"rows":[{"a":1},{"a":2}],"x":{"rows":[]}}'],
    ['lines', 'jsonl', '{"a":1}\n{"a":2}'],
    ['blank lines', 'ndjson', '\n{"a":1}\n\n  \n{"a":2}\n\n'],
    ['Windows line ends', 'jsonl', '{"a":1}\r\n\r\n{"a":2}\r\n'],
    ['a byte order mark', 'jsonl', '\ufeff{"a":1}\n{"a":2}\n'],
    ['UTF-16 in JSON', 'json', Buffer.from('\ufeff[{"a":1},{"a":2}]', 'utf16le')],
    ['UTF-16 in lines', 'jsonl', Buffer.from('{"a":1}\n{"a":2}\n', 'utf16le')],
    ['gzip', 'json.gz', gzipSync('[{"a":1},{"a":2}]')],
    ['gzip of lines', 'jsonl.gz', gzipSync('{"a":1}\n{"a":2}\n')],
    ['zstd of lines', 'jsonl.zst', Buffer.from('KLUv/QRYgQAAeyJhIjoxfQp7ImEiOjJ9Cu7trPI=', 'base64')],
    ['zstd', 'json.zst', Buffer.from('KLUv/QRYgQAAeyJhIjoxfQp7ImEiOjJ9Cu7trPI=', 'base64')],
  ])('%s', async (_, ending, content) => {
    const data = open(ending, content)
    expect(await data.rows()).toEqual(two)
    expect(await findingsOf(data)).toEqual([])
  })

  test('one record with lists is one record, unless a list is asked for', async () => {
    const order = '{"id":1,"items":[{"x":1}],"notes":[{"y":1},{"y":2}]}'
    expect(await columnsOf(open('json', order))).toEqual(['id integer', 'items list', 'notes list'])
    expect(await open('json', order, { at: 'notes' }).rows()).toEqual([{ y: 1n }, { y: 2n }])
    expect(await openError(open('json', order, { at: 'note' }))).toMatch(
      /no array in a property "note"\n.*"items", "notes"/,
    )
  })

  test('which property was taken stands in the lineage', async () => {
    const data = open('json', '{"data":[{"a":1}]}')
    const [result] = await evaluate(noMissing(data.column('a')))
    expect(result?.lineage.datasets[0]?.source).toMatch(/\.json \(data\)$/)
  })

  test.each([
    ['{"n":NaN,\n"data":[{"a":1}]}', 1, 'this has no place in it'],
    ['{"n":1,\n"data":[{"a":1},\n{"a":2}],\n"m":[1 2]}', 4, 'this has no place in it'],
    ['{"data":[{"a":1}],}', 1, 'this has no place in it'],
    [Buffer.from('{"n":"\xff","data":[{"a":1}]}', 'latin1'), 1, 'invalid UTF-8'],
  ])('what stands around the array must be JSON: %s', async (content, line, why) => {
    expect(await findingsOf(open('json', content))).toEqual([
      `${line}: what stands around the array of records is no JSON: ${why}`,
    ])
  })

  test('around the array may stand any JSON, with arrays of that name too', async () => {
    const data = open('json', '{"meta":{"data":[1],"s":"\\"]}"},"data":[{"a":1},{"a":2}],"tail":[[],{}]}\n')
    expect(await data.rows()).toEqual(two)
    expect(await findingsOf(data)).toEqual([])
  })

  test('a file without records says what it holds', async () => {
    expect(await openError(open('json', ' \n'))).toMatch(/holds no JSON value/)
    expect(await openError(open('json', '"x"'))).toMatch(/holds no records: it starts with "\\""/)
    expect(await openError(open('jsonl', '{\n  "a": 1\n}\n'))).toMatch(
      /no line of .* is a record: line 1 is no valid JSON.*\n.*format: 'json'/,
    )
    expect(await openError(open('json.gz', gzipSync('[{"a":1}]'.repeat(9)).subarray(0, 20)))).toMatch(
      /is cut off: its gzip data goes on after byte/,
    )
    expect(await openError(open('json', '[{"a":1}}]'))).toMatch(/in line 1 there is a "}" where a "]" is due/)
  })
})

describe('what is no record', () => {
  const broken = [
    ['{"a":NaN}', 'no valid JSON: NaN is no JSON value (write null, or leave it out)'],
    ['{"a":[1,-Infinity]}', 'no valid JSON: -Infinity is no JSON value (write null, or leave it out)'],
    ['{"a":tru}', 'no valid JSON: an unexpected "}"'],
    ['{"a":1,}', /^no valid JSON: .*at character 8$/],
    ['{"a":"\t"}', /^no valid JSON: .*control character/],
    ['{"a":"\\x41"}', /^no valid JSON: bad escaped character/],
    ['{"a":01}', /^no valid JSON/],
    ['{"a":1} {"a":2}', /^no valid JSON/],
    ['[1]', 'an array, not a record'],
    ['null', 'null, not a record'],
    ['{"b":0,"a":1,"a":2}', 'a record that holds the key "a" twice'],
    ['{"b":"\\ud800"}', 'a record that holds half a surrogate pair, which is no character'],
  ] as const

  test.each(broken)('%s is a finding with its line', async (text, reason) => {
    for (const data of [
      open('jsonl', `{"a":1}\n\n${text}\n{"a":3}\n`, lenient),
      open('json', `[{"a":1},\n\n${text},\n{"a":3}]`, lenient),
    ]) {
      expect(await data.rows()).toHaveLength(2)
      const { findings } = await relationOf(data)
      const found = await findings?.()
      expect(found).toMatchObject({ total: 1, rowsLost: 1, first: [{ line: 3, text: text.slice(0, 80) }] })
      if (typeof reason === 'string') expect(found?.first[0]?.reason).toBe(reason)
      else expect(found?.first[0]?.reason).toMatch(reason)
    }
  })

  test('texts that look like it are records', async () => {
    const rows = [{ a: ',]' }, { a: ': NaN,' }, { a: '\\x\t"\n' }, { a: 'information, nan' }]
    const data = open('jsonl', rows.map((row) => JSON.stringify(row)).join('\n'))
    expect(await data.rows()).toEqual(rows)
    expect(await findingsOf(data)).toEqual([])
  })

  test('a cut file, stray commas and bytes that are no UTF-8 are findings', async () => {
    expect(await findingsOf(open('json', '[{"a":1},\n{"a"'))).toEqual([
      '2: the file ends in line 2, inside this record',
    ])
    expect(await findingsOf(open('json', '[{"a":1}'))).toEqual(['1: the file ends before its "]"'])
    expect(await findingsOf(open('json', '[{"a":1},,{"a":2},]'))).toEqual([
      '1: a comma without a record before it',
      '1: a comma without a record after it',
    ])
    expect(await findingsOf(open('jsonl', '{"a":1}\n{"a":'))).toEqual(['2: no valid JSON: it ends too early'])
    const bytes = Buffer.concat([
      Buffer.from('{"a":1}\n{"a":"'),
      Buffer.from([0xff, 0xfe]),
      Buffer.from('"}\n{"a":2}\n'),
    ])
    const data = open('jsonl', bytes, lenient)
    expect(await findingsOf(data)).toEqual(['2: bytes that are not UTF-8'])
    expect(await data.rows()).toEqual([{ a: 1n }, { a: 2n }])
  })

  test('a failing row says its physical line, past blank and broken ones; findings fail beside it', async () => {
    const data = open('jsonl', '{"a":1}\n\n{"a":\n{"b":2}\n{"a":3}\n{"a":null}\n')
    const results = await evaluate(noMissing(data.column('a')))
    expect(results).toMatchObject([
      { kind: 'noMissing', status: 'fail', evidence: [{ rowNumbers: [2, 4], lines: [4, 6] }] },
      { kind: 'wellFormed', status: 'fail', measured: '1 finding, 1 record is left out' },
    ])
  })

  test('several files say file, row and line', async () => {
    const folder = await folderWith({})
    const one = path.join(folder, 'part-1.jsonl')
    const two = path.join(folder, 'part-2.jsonl')
    writeFileSync(one, '{"a":1}\n{"a":2}\n')
    writeFileSync(two, '\n{"a":3,"b":true}\n{"b":false}\n')
    const data = dataset(path.join(folder, 'part-*.jsonl'))
    expect(await data.rows()).toEqual([
      { a: 1n, b: null },
      { a: 2n, b: null },
      { a: 3n, b: true },
      { a: null, b: false },
    ])
    const [result] = await evaluate(noMissing(data.column('a')))
    expect(result).toMatchObject({
      evidence: [{ files: [expect.stringMatching(/part-2\.jsonl$/)], rowNumbers: [2], lines: [3] }],
    })
  })

  test('a line of 40 MB is a record', async () => {
    const data = open('jsonl', `{"a":"${'x'.repeat(40_000_000)}"}\n{"a":"y"}\n`)
    const { engine, from } = await relationOf(data)
    expect(await engine.query(sql`select length(a) from ${from}`)).toEqual([[40_000_000n], [1n]])
  })
})

test('opening stops with the work that asked for it, and the next who asks opens it anew', async () => {
  const rows = '{"a":1},\n'.repeat(1_000_000)
  for (const data of [
    open('jsonl', rows.replaceAll(',', '')),
    open('jsonl.gz', gzipSync(rows.replaceAll(',', ''), { level: 1 })),
    open('json', `[${rows}{"a":2}]`),
    open('json', `{"rows":[${rows}{"a":2}]}`),
  ]) {
    const work = new AbortController()
    setImmediate(() => work.abort(new Error('enough')))
    await expect(stoppedBy(work.signal, () => relationOf(data))).rejects.toThrow('stopped: enough')
    expect(await columnsOf(data)).toEqual(['a integer'])
  }
})

test('every record is read, wherever the pieces that a file is read in end', async () => {
  const record = (i: number) => `{"n": ${i},\n "s":"${'é'.repeat(i % 40)}\\n\\u00e9", "l":[${'1,\n'.repeat(i % 7)}2]}`
  const records = Array.from({ length: 40_000 }, (_, i) => record(i))
  const lines = records.map((text) => text.replaceAll('\n', ''))
  const half = 20_000
  for (const data of [
    open('jsonl', lines.join('\n')),
    open('jsonl', [...lines.slice(0, half), '{', ...lines.slice(half)].join('\n'), lenient),
    open('json', `[${records.join(',')}]`),
    open('json', `[${records.slice(0, half).join(' , ')}, {"n":}\n,${records.slice(half).join(',\n')}`, lenient),
    open('json', records.join('')),
  ]) {
    const { engine, from, numbered } = await relationOf(data)
    const cells = sql`count(*), sum(n), sum(length(s)), count(s)`
    const all = [[40_000n, 799_980_000n, 40_000n * 21n + 20_000n, 40_000n]]
    expect(
      (await engine.query(sql`select ${cells} from ${from}`)).map((row) => row.map((one) => BigInt(one as bigint))),
    ).toEqual(all)
    expect(await engine.query(sql`select count(*) from ${numbered as Sql} where n + 1 <> __assay_row`)).toEqual([[0n]])
  }
  const data = open('json', `[${records.join(',')}]`)
  const { locate } = await relationOf(data)
  const before = records.slice(0, 39_999).join(',').split('\n').length
  expect(await locate?.([{ row: 40_000 }, { row: 1 }])).toEqual([before, 1])
})
