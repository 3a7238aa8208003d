import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PassedOver } from '../../../src/formats/text/passingOver.ts'
import { RecordScanner, type ScannedRecord } from '../../../src/formats/text/recordScan.ts'
import type { TextDialect } from '../../../src/formats/text/textDialect.ts'

const usual: TextDialect = { delimiter: ',', quote: '"', escape: '"', comment: '' }

interface Seen extends Pick<ScannedRecord, 'line' | 'cells' | 'lineEnd' | 'stray' | 'problem'> {
  readonly text: string
}

const seenOf = ({ bytes, start, end, line, cells, lineEnd, stray, problem }: ScannedRecord): Seen => ({
  text: bytes.toString('latin1', start, end),
  line,
  cells,
  lineEnd,
  stray,
  problem,
})

/** The records of a text that comes in pieces, which end at some places. */
function scanned(text: string, dialect: TextDialect, cuts: readonly number[], over?: PassedOver): readonly Seen[] {
  const scanner = new RecordScanner(dialect, 1)
  const records: Seen[] = []
  let at = 0
  for (const [i, cut] of [...cuts, text.length].entries()) {
    const last = i === cuts.length
    // One byte more, which says nothing: what comes next is not known.
    const bytes = Buffer.concat([Buffer.from(text.slice(at, cut), 'latin1'), Buffer.from('?')])
    at += scanner.scan(
      { bytes, base: at, end: cut - at, last, suspicious: false },
      (record) => {
        records.push(seenOf(record))
        return false
      },
      over,
    )
  }
  return records
}

const texts: readonly (readonly [what: string, text: string, dialect?: TextDialect])[] = [
  ['plain lines', 'a,b\n1,2\n\n3,4\n'],
  ['every line end, and none at the end', 'a,b\r\n1,2\r3,4\n\r\n\r5,6'],
  ['a quoted cell that holds quotes, delimiters and line ends', 'a,b\n"x""y,\r\nz\r","""",""\n"1",2\r\n'],
  ['quotes that close at the end', 'a\n"1"'],
  ['a quote inside a cell', 'a,b\n1"2,3\nx",y\n'],
  ['text after a closing quote', 'a,b\n"1"x,2\n3,4\n'],
  ['a quote that is not closed', 'a,b\n"1,2\n3,4\n5,6\n'],
  ['another escape', 'a,b\n"1\\"2",3\n"\\\\",4\n"x\\\ny",5\n', { ...usual, escape: '\\' }],
  ['comments', '#c\na,b\n# "x\n1,2\n"#",3\n', { ...usual, comment: '#' }],
  ['no quotes at all', 'a,b\n"1,2\n3",4\n', { ...usual, quote: '', escape: '' }],
]

test.for(texts)('records are the same wherever a piece of the text ends: %s', ([, text, dialect = usual]) => {
  const whole = scanned(text, dialect, [])
  expect(whole.length).toBeGreaterThan(1)
  for (let cut = 0; cut <= text.length; cut++) {
    expect(scanned(text, dialect, [cut]), `cut at ${cut}`).toEqual(whole)
    for (let next = cut; next <= text.length; next++)
      expect(scanned(text, dialect, [cut, next]), `cut at ${cut} and ${next}`).toEqual(whole)
  }
})

const SEED = 20_261_126

test(`the lines that are passed over are plain, and the others are told as they were (seed ${SEED})`, () => {
  const plain = fc.tuple(fc.stringMatching(/^[a-z]{0,30}$/), fc.nat()).map((cells) => cells.join(','))
  const odd = fc.constantFrom('', 'a', 'a,b,c', '"a\n,b",c', '"a",b', 'a"b,c', 'a,b\rc,d', '"a"b,c', '"a,b')
  const lines = fc.array(fc.oneof({ weight: 20, arbitrary: plain }, { weight: 1, arbitrary: odd }), { minLength: 20 })
  let passed = 0
  fc.assert(
    fc.property(lines, fc.constantFrom('\n' as const, '\r\n' as const), fc.nat(), (all, lineEnd, where) => {
      const text = all.map((line) => `${line}${lineEnd}`).join('')
      const whole = scanned(text, usual, [])
      const runs: { readonly lines: number; readonly longest: number }[] = []
      const over: PassedOver = {
        allowed: () => ({ most: 10, cells: 2, lineEnd }),
        passed: (run) => void runs.push(run),
      }
      const told = scanned(text, usual, [where % text.length], over)
      const lineNumbers = new Set(told.map(({ line }) => line))
      const skipped = whole.filter(({ line }) => !lineNumbers.has(line))
      expect(told).toEqual(whole.filter(({ line }) => lineNumbers.has(line)))
      expect(runs.reduce((sum, run) => sum + run.lines, 0)).toBe(skipped.length)
      for (const record of skipped)
        expect(record).toMatchObject({
          cells: 2,
          lineEnd,
          stray: false,
          problem: undefined,
          text: expect.not.stringMatching(/^$/),
        })
      expect(Math.max(0, ...runs.map(({ longest }) => longest))).toBe(
        Math.max(0, ...skipped.map((one) => one.text.length)),
      )
      passed += skipped.length
    }),
    { seed: SEED, numRuns: 150 },
  )
  expect(passed).toBeGreaterThan(500)
})
