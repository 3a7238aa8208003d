import { expect, test } from 'vitest'
import { evaluate, rowCount, valuesBetween, valuesOfType } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { opened, refusal, textFiles } from './helpers.ts'
import { sql } from '../../../src/sql/sql.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

const file = textFiles()

type Finding = readonly [kind: string, line: number, reason: string | RegExp, column?: string]
const cases: Record<
  string,
  { text: string | Buffer; rows: unknown[][]; lines: number[]; lost?: number; found: Finding[] }
> = {
  'too few cells': {
    text: 'a,b\n1,2\n3\n4,5\n',
    rows: [
      [1n, 2n],
      [4n, 5n],
    ],
    lines: [2, 4],
    lost: 1,
    found: [['cells', 3, '1 cell where the header has 2']],
  },
  'too many cells': {
    text: 'a,b\n1,2,3\n4,5\n',
    rows: [[4n, 5n]],
    lines: [3],
    lost: 1,
    found: [['cells', 2, '3 cells where the header has 2']],
  },
  'a delimiter at the end of a record': {
    text: 'a,b\n1,2,\n4,5\n',
    rows: [
      [1n, 2n],
      [4n, 5n],
    ],
    lines: [2, 3],
    found: [['cells', 2, '3 cells where the header has 2, the last of them empty']],
  },
  'a quote that is never closed': {
    text: 'a,b\n1,"x\n2,y\n3,z\n',
    rows: [
      [2n, 'y'],
      [3n, 'z'],
    ],
    lines: [3, 4],
    lost: 1,
    found: [['quote', 2, 'a quote that is not closed']],
  },
  'a quote closed too late': {
    text: 'a,b\n1,"x\n2,"y"\n3,z\n',
    rows: [
      [2n, 'y'],
      [3n, 'z'],
    ],
    lines: [3, 4],
    lost: 1,
    found: [['quote', 2, 'text after the closing quote of a cell']],
  },
  'text after a closing quote': {
    text: 'a,b\n1,"x"y\n2,z\n',
    rows: [[2n, 'z']],
    lines: [3],
    lost: 1,
    found: [['quote', 2, 'text after the closing quote of a cell']],
  },
  'a stray quote': {
    text: 'a,b\n1,5" pipe\n2, "q"\n',
    rows: [
      [1n, '5" pipe'],
      [2n, ' "q"'],
    ],
    lines: [2, 3],
    found: [
      ['quote', 2, 'a quote inside a cell that is not quoted', 'b'],
      ['quote', 3, 'a quote inside a cell that is not quoted', 'b'],
    ],
  },
  'mixed line ends': {
    text: 'a,b\r\n1,2\n3,4\r5,6\r\n',
    rows: [
      [1n, 2n],
      [3n, 4n],
      [5n, 6n],
    ],
    lines: [2, 3, 4],
    found: [['line-end', 2, 'lines end in \\n here and in \\r\\n before']],
  },
  'doubled carriage returns': {
    text: 'a,b\r\r\n1,2\r\r\n',
    rows: [[1n, 2n]],
    lines: [3],
    found: [['line-end', 2, /\\r\\n here and in \\r before/]],
  },
  'invalid UTF-8': {
    text: Buffer.from('a,b\n1,caf\xE9\n2,é\n', 'latin1'),
    rows: [
      [1n, 'caf\uFFFD'],
      [2n, '\uFFFD'],
    ],
    lines: [2, 3],
    found: [
      ['encoding', 2, /no UTF-8: 0xE9 .*encoding: 'windows-1252'/, 'b'],
      ['encoding', 3, /0xE9/, 'b'],
    ],
  },
  'a NUL': {
    text: 'a,b\n1,x\0y\n2,z\n',
    rows: [
      [1n, 'x\0y'],
      [2n, 'z'],
    ],
    lines: [2, 3],
    found: [['nul', 2, 'a NUL character', 'b']],
  },
  'repeated and blank names': {
    text: 'a,A, ,a\n1,2,3,4\n',
    rows: [[1n, 2n, 3n, 4n]],
    lines: [2],
    found: [
      ['header', 1, 'column 2 has the name of column 1: it is called "A_2"', 'A_2'],
      ['header', 1, 'column 3 has no name: it is called "column3"', 'column3'],
      ['header', 1, 'column 4 has the name of column 1: it is called "a_3"', 'a_3'],
    ],
  },
}

test.each(Object.entries(cases))(
  '%s: the finding says where and why, and nothing else is lost',
  async (name, { text, rows, lines, lost = 0, found }) => {
    const result = await opened(file(`${name}.csv`, text))
    expect(result.rows).toEqual(rows)
    expect(result.lines).toEqual(lines)
    expect(result.rowsLost).toBe(lost)
    expect(result.findings).toEqual(
      found.map(([kind, line, reason, column]) => ({
        kind,
        line,
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
        ...(column ? { column } : {}),
      })),
    )
  },
)

test.each([
  [
    'LF inside quotes of a CRLF file',
    'a,b\r\n1,"x\ny"\r\n2,z\r\n',
    [
      [1n, 'x\ny'],
      [2n, 'z'],
    ],
    [2, 4],
  ],
  [
    'CRLF inside quotes of an LF file',
    'a,b\n1,"x\r\ny"\n2,z\n',
    [
      [1n, 'x\r\ny'],
      [2n, 'z'],
    ],
    [2, 4],
  ],
  [
    'old Macintosh line ends',
    'a,b\r1,"x\ry"\r2,z\r',
    [
      [1n, 'x\ry'],
      [2n, 'z'],
    ],
    [2, 4],
  ],
  [
    'blank lines between records',
    '\n\na,b\n\n1,x\n\n\n2,z\n\n',
    [
      [1n, 'x'],
      [2n, 'z'],
    ],
    [5, 8],
  ],
  [
    'no line end at the end',
    'a,b\n1,x\n2,z',
    [
      [1n, 'x'],
      [2n, 'z'],
    ],
    [2, 3],
  ],
  [
    'a byte order mark',
    '\uFEFFa,b\n1,x\n2,z\n',
    [
      [1n, 'x'],
      [2n, 'z'],
    ],
    [2, 3],
  ],
  [
    'a header over two lines',
    '"a\nx",b\n1,x\n2,z\n',
    [
      [1n, 'x'],
      [2n, 'z'],
    ],
    [3, 4],
  ],
  ['a header and nothing else', 'a,b\n', [], []],
  ['a header without a line end', 'a,b', [], []],
  [
    'one column, in which a blank line is an empty cell',
    'a\nx\n\n""\ny\n',
    [['x'], [null], [null], ['y']],
    [2, 3, 4, 5],
  ],
  [
    'quoted and bare empty cells',
    'a,b\n"",x\n,z\n',
    [
      [null, 'x'],
      [null, 'z'],
    ],
    [2, 3],
  ],
])('%s: all of it is read', async (name, text, rows, lines) => {
  const result = await opened(file(`${name}.csv`, text))
  expect(result).toMatchObject({ rows, lines, total: 0 })
})

test('names stay apart, whatever the header repeats', async () => {
  const { names } = await opened(file('names.csv', 'a,a_2,A,,column4\n1,2,3,4,5\n'))
  expect(names).toEqual(['a', 'a_2', 'A_3', 'column4_2', 'column4'])
})

test('a cell of 50 MB is a cell, and a quote that is not closed swallows no more than a line', async () => {
  const long = 'x'.repeat(50_000_000)
  const { engine, from } = await relationOf(dataset(file('long.csv', `a,b\n1,"${long}"\n2,y\n`)))
  const length = sql`select max(length(b)), count(*) from ${from}`
  expect(await engine.query(length)).toEqual([[50_000_000n, 2n]])
  const open = file('open.csv', `a,b\n1,"${`x,${'y'.repeat(1_000_000)}\n`.repeat(64)}2,y\n`)
  const relation = await relationOf(dataset(open))
  expect(await relation.findings?.()).toMatchObject({ total: 1, rowsLost: 1, first: [{ kind: 'quote', line: 2 }] })
})

test('a type that changes at row 60,000 is seen there, on its line', async () => {
  const rows = Array.from({ length: 70_000 }, (_, i) => `${i},"${i % 7 === 0 ? 'two\nlines' : 'one'}"`)
  rows[60_000] = 'n/a,x'
  const text = `id,note\n${rows.join('\n')}\n`
  const [result] = await evaluate(valuesOfType(dataset(file('late.csv', text)).column('id'), 'integer'))
  const line = text.slice(0, text.indexOf('n/a')).split('\n').length
  expect(result).toMatchObject({
    status: 'fail',
    evidence: [{ rowNumbers: [60_001], lines: [line], rows: [['n/a', 'x']] }],
  })
})

test('an assertion about a broken file fails beside its own verdict, or warns where that was asked for', async () => {
  const ragged = file('ragged.csv', 'a,b\n1,2\n3\n')
  const judged = async (options = {}) =>
    (await evaluate(rowCount(dataset(ragged, options), 1))).map(({ kind, status, blocking }) => [
      kind,
      status,
      blocking,
    ])
  expect(await judged()).toEqual([
    ['rowCount', 'pass', false],
    ['wellFormed', 'fail', true],
  ])
  expect(await judged({ malformed: 'warn' })).toEqual([
    ['rowCount', 'pass', false],
    ['wellFormed', 'warn', false],
  ])
})

test('rows without a verdict beside them are all rows, or an error', async () => {
  const ragged = file('handed.csv', 'a,b\n1,2\n3\n')
  await expect(dataset(ragged).rows()).rejects.toThrow(/1 record of "handed" cannot be read.*line 3/)
  expect(await dataset(ragged, { malformed: 'warn' }).rows()).toEqual([{ a: 1n, b: 2n }])
})

test('a file that is changed is looked at again', async () => {
  const name = 'changing.csv'
  expect((await opened(file(name, 'a\n1\n'))).rows).toEqual([[1n]])
  expect((await opened(file(name, 'a\n1\n2\n'))).rows).toEqual([[1n], [2n]])
})

test('what is no delimited text at all says what it is', async () => {
  expect(await refusal(file('blank.csv', '\n\n\n'))).toMatch(/holds no records, only blank lines/)
  expect(
    await refusal(
      file('lfs.csv', `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 1\n`),
    ),
  ).toMatch(/is a Git LFS pointer.*git lfs pull/s)
  expect(
    await refusal(file('lfs.parquet', 'version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n')),
  ).toMatch(/is a Git LFS pointer/)
  expect(
    await refusal(file('dvc.csv', 'outs:\n- md5: d8acabbfd4ee51c95da5d7628c7ef74b\n  size: 1\n  path: dvc.csv\n')),
  ).toMatch(/is a DVC pointer.*dvc pull/s)
  const tracked = file('tracked.csv.dvc', 'outs:\n- md5: d8\n').replace(/\.dvc$/, '')
  expect(await refusal(tracked)).toMatch(/there is no file.*points to it: run `dvc pull`/s)
  expect(await refusal(file('zip.csv', 'PK\u0003\u0004\0\0\0\0'))).toMatch(/is no delimited text but a zip archive/)
  expect(await refusal(file('utf16.csv', Buffer.from('a,b\n1,2\n', 'utf16le')))).toMatch(
    /8 of its first 16 bytes are 0.*utf-16le/s,
  )
  expect(await refusal(file('quote.csv', '"a,b\n1,2\n'))).toMatch(/first record .* cannot be read.*quote/s)
})

test('a check of a column that a repeated name was given works like any other', async () => {
  const data = dataset(file('dup.csv', 'a,a\n1,2\n3,400\n'), { malformed: 'warn' })
  const [result] = await evaluate(valuesBetween(data.column('a_2'), { max: 100 }))
  expect(result).toMatchObject({ status: 'fail', evidence: [{ lines: [3] }] })
})
