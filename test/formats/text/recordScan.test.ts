import { expect, test } from 'vitest'
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
function scanned(text: string, dialect: TextDialect, cuts: readonly number[]): readonly Seen[] {
  const scanner = new RecordScanner(dialect, 1)
  const records: Seen[] = []
  let at = 0
  for (const [i, cut] of [...cuts, text.length].entries()) {
    const last = i === cuts.length
    // One byte more, which says nothing: what comes next is not known.
    const bytes = Buffer.concat([Buffer.from(text.slice(at, cut), 'latin1'), Buffer.from('?')])
    at += scanner.scan({ bytes, base: at, end: cut - at, last, suspicious: false }, (record) => {
      records.push(seenOf(record))
      return false
    })
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
