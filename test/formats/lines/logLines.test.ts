import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evaluate, valuesIn } from '../../../src/checks/index.ts'
import { type Dataset, dataset } from '../../../src/dataset/dataset.ts'
import type { DatasetOptions } from '../../../src/dataset/datasetOptions.ts'
import { sharedDuckDB } from '../../../src/engine/duckdb.ts'
import { capturingRegex } from '../../../src/sql/portableRegex.ts'
import { join, literal, sql } from '../../../src/sql/sql.ts'
import { patterns, texts } from '../../helpers/regexes.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()

let made = 0
function open(content: string | Buffer, options: DatasetOptions = {}, ending = 'log'): Dataset {
  const file = path.join(folder, `${++made}.${ending}`)
  writeFileSync(file, content)
  return dataset(file, options)
}

const log = `10.0.0.1 [2026-11-01 10:00:00] "GET /a" 200 12
10.0.0.2 [2026-11-01 10:00:01] "POST /b" 500 -

not a request
10.0.0.3 [2026-11-01 10:00:02] "GET /c" 404 7
`
const pattern = /^(?<ip>\S+) \[(?<at>[^\]]+)\] "(?<method>\w+) (?<path>[^"]*)" (?<status>\d{3}) (?:-|(?<bytes>\d+))$/
/** The same, in a way that only JavaScript reads. */
const lookahead = new RegExp(`(?=.)${pattern.source}`)

test.each([
  ['by the engine', pattern],
  ['by JavaScript', lookahead],
])('named groups become typed columns; lines that do not match are counted and shown, %s', async (_, regex) => {
  const data = open(log, { pattern: regex })
  const relation = await relationOf(data)
  expect(relation.columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
    'ip string',
    'at timestamp',
    'method string',
    'path string',
    'status integer',
    'bytes integer',
  ])
  const lenient = open(log, { pattern: regex, malformed: 'warn' })
  expect((await lenient.rows()).map(({ ip, status, bytes }) => [ip, status, bytes])).toEqual([
    ['10.0.0.1', 200n, 12n],
    ['10.0.0.2', 500n, null],
    ['10.0.0.3', 404n, 7n],
  ])
  const results = await evaluate(valuesIn(data.column('status'), [200]))
  expect(results).toMatchObject([
    { status: 'fail', evidence: [{ rowNumbers: [2, 3], lines: [2, 5] }] },
    {
      kind: 'wellFormed',
      status: 'fail',
      measured: '1 finding, 1 record is left out',
      evidence: [
        {
          columns: ['line', 'reason', 'text', 'file'],
          rows: [['4', 'does not match the pattern', 'not a request', expect.any(String)]],
        },
      ],
    },
  ])
})

test('compressed files, other endings and several files are read alike', async () => {
  const rows = [{ n: 1n }, { n: 2n }]
  const only = { pattern: '^(?<n>\\d+)$' }
  expect(await open(gzipSync('1\n2\n'), only, 'log.gz').rows()).toEqual(rows)
  expect(await open('1\r\n2\r\n', only, 'out').rows()).toEqual(rows)
  expect(await open('\ufeff1\n2', only, 'csv').rows()).toEqual(rows)
  writeFileSync(path.join(folder, 'day-1.txt'), '1\nx\n')
  writeFileSync(path.join(folder, 'day-2.txt'), '\n2\n')
  const several = dataset(path.join(folder, 'day-*.txt'), { ...only, malformed: 'warn' })
  expect(await several.rows()).toEqual(rows)
  const [result] = await evaluate(valuesIn(several.column('n'), [1]))
  expect(result).toMatchObject({
    evidence: [{ files: [expect.stringMatching(/day-2\.txt$/)], rowNumbers: [1], lines: [2] }],
  })
})

test('without a pattern a line is a row', async () => {
  expect(await open('a,"b\n\nc\u0001\n').rows()).toEqual([{ line: 'a,"b' }, { line: 'c\u0001' }])
  expect(await open('x\n', { format: 'lines' }, 'md').rows()).toEqual([{ line: 'x' }])
})

test('a pattern without named groups is an error', async () => {
  await expect(relationOf(open(log, { pattern: /^(\S+)/ }))).rejects.toThrow(/has no named groups\n.*\(\?<ip>/)
})

const seed = 20_261_124
const grouped = fc
  .tuple(patterns, patterns, patterns, fc.constantFrom('', '?', '??'), fc.constantFrom('u', 'iu', 'su'))
  .map(([a, b, c, optional, flags]) => ({ source: `(?<x>${a})(?:${b}|(?<y>${c}))${optional}(?<z>.?)`, flags }))
  .filter(({ source, flags }) => {
    try {
      new RegExp(source, flags)
      return true
    } catch {
      return false
    }
  })

test(`a translated pattern finds the texts that RegExp finds (seed ${seed})`, async () => {
  const engine = await sharedDuckDB()
  const drawn = fc.sample(fc.tuple(grouped, fc.array(texts, { minLength: 6, maxLength: 6 })), { numRuns: 600, seed })
  const all = drawn.flatMap(([{ source, flags }, samples]) => {
    const translated = capturingRegex(source, flags)
    return translated === undefined ? [] : samples.map((text) => ({ source, flags, translated, text }))
  })
  expect(all.length).toBeGreaterThan(1000)
  const wrong: unknown[] = []
  for (let start = 0; start < all.length; start += 200) {
    const part = all.slice(start, start + 200)
    const cells = part.map(({ text, translated }) => {
      const found = sql`regexp_extract(cast(${text} as varchar), ${literal(translated)}, ['x', 'y', 'z'])`
      return sql`${found}.x || chr(1) || ${found}.y || chr(1) || ${found}.z`
    })
    const [row] = await engine.query(sql`select ${join(cells)}`)
    part.forEach(({ source, flags, text }, i) => {
      const groups = new RegExp(source, flags).exec(text)?.groups
      const expected = ['x', 'y', 'z'].map((name) => groups?.[name] ?? '').join('\u0001')
      if (row?.[i] !== expected) wrong.push({ source, flags, text, engine: row?.[i], expected })
    })
  }
  expect(wrong).toEqual([])
})
