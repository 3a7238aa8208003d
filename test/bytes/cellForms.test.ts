import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CellForm, forms, isWrittenIn, type WrittenCells } from '../../src/bytes/cellForms.ts'
import { PlainLines } from '../../src/bytes/plainLines.ts'

const SEED = 20_261_127

const written: Readonly<Record<CellForm, readonly string[]>> = {
  integer: ['0', '7', '-7', '10', '123456789012345678', '-123456789012345678', '1234567890123456', '-123456789012345'],
  number: [
    '0.5',
    '-0.5',
    '-0',
    '-0.0',
    '1.25e-05',
    '1e5',
    '1e+05',
    '-12.75e10',
    `1.${'5'.repeat(29)}`,
    '1234567890123456.5',
  ],
  date: [
    '2024-02-29',
    '2000-02-29',
    '1999-12-31',
    '0001-01-01',
    '9999-12-31',
    '2021-04-30',
    '2021-08-31',
    '2023-02-28',
  ],
  timestamp: ['2024-02-29 00:00:00', '1999-12-31 23:59:59', '0001-01-01 01:02:03', '2021-11-30 12:34:56'],
  boolean: ['true', 'false'],
}
const others = [
  [
    'x',
    '-',
    '--1',
    '+1',
    '01',
    '-01',
    '1-',
    '1 ',
    ' 1',
    '1.',
    '.1',
    '-.1',
    '1.2.3',
    '1e',
    'e5',
    '1e+',
    '1e123',
    '1e5.5',
    '1E5',
    '1e5e5',
  ],
  [
    '1234567890123456789',
    '-1234567890123456789',
    '1'.repeat(31),
    '1'.repeat(32),
    `-${'1'.repeat(31)}`,
    '1'.repeat(64),
    '-1e',
    '1-5',
    '1e--5',
  ],
  [
    '2023-02-29',
    '1900-02-29',
    '2021-04-31',
    '2021-06-31',
    '2021-09-31',
    '2021-11-31',
    '2021-13-01',
    '2021-00-01',
    '2021-01-00',
    '2021-01-32',
  ],
  [
    '0000-01-01',
    '12021-01-01',
    '2021/01/01',
    '2021-1-01',
    '2021-01-01 24:00:00',
    '2021-01-01 00:60:00',
    '2021-01-01 00:00:60',
  ],
  ['2021-01-01T00:00:00', '2021-01-01 00:00:0', '2021-01-01 00-00-00', '2021-02-30 00:00:00', '2021-01-01 00:00:00Z'],
  [
    'True',
    'TRUE',
    'truf',
    'falsf',
    'tru',
    'fals',
    'truee',
    'falsee',
    't',
    'é',
    '1\u00a0',
    '٥',
    'text that is long enough for three blocks of it',
  ],
].flat()
const QUOTED = [
  '"5"',
  '""',
  '"a""b"',
  '"true"',
  '"2020-01-01"',
  '"a,b"',
  '"line\nline"',
  '""""',
  `"${'x'.repeat(40)}"`,
  '"1.5"',
]
const textOf = (cell: string): string => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)

test(`cells are in a form when their texts match its grammar (seed ${SEED})`, () => {
  const lines = new PlainLines(100_000)
  let kept = 0
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom(...forms), fc.nat(3)), { minLength: 1, maxLength: 7 }),
      fc.nat(12),
      fc.array(
        fc.tuple(fc.nat(12), fc.nat(6), fc.constantFrom('', ...others, ...QUOTED, ...Object.values(written).flat())),
        {
          maxLength: 5,
        },
      ),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.infiniteStream(fc.nat(100)),
      (columns, more, changes, lineEnd, ended, picks) => {
        const rows = Array.from({ length: more + 1 }, () =>
          columns.map(([form]) => written[form][(picks.next().value as number) % written[form].length] as string),
        )
        for (const [row, column, cell] of changes) (rows[row % rows.length] as string[])[column % columns.length] = cell
        // A row of one empty cell is a blank line.
        const before = 'skipped,1\n'
        const text = before + rows.map((cells) => cells.join(',')).join(lineEnd) + (ended ? lineEnd : '')
        const bytes = Buffer.from(text)
        expect(lines.load(bytes)).toBe(true)
        lines.forms?.begin(columns.map(([form]) => ({ form, empty: false })))
        const marks = { delimiter: 44, quote: 34, lineEnd: lineEnd.charCodeAt(0) }
        lines.forms?.judge(marks, before.length, bytes.length + (ended ? 0 : 1))
        const expected = columns.map(([form], i): WrittenCells | undefined => {
          const texts = rows.map((cells) => textOf(cells[i] as string))
          const isWritten = texts.every((one) => one === '' || isWrittenIn(form, one))
          return isWritten ? { form, empty: texts.includes('') } : undefined
        })
        const result = lines.forms?.columns()
        expect(result).toEqual(expected)
        kept += expected.filter((one) => one !== undefined).length
      },
    ),
    { seed: SEED, numRuns: 400 },
  )
  expect(kept).toBeGreaterThan(400)
})

test.each(forms)('every text that is or is not written as %s is told from the others', (form) => {
  const lines = new PlainLines(1000)
  for (const text of [...others, ...Object.values(written).flat()]) {
    const bytes = Buffer.from(`${text}\n`)
    lines.load(bytes)
    lines.forms?.begin([{ form, empty: false }])
    lines.forms?.judge({ delimiter: 44, quote: -1, lineEnd: 10 }, 0, bytes.length)
    expect([text, lines.forms?.columns()[0] !== undefined]).toEqual([text, isWrittenIn(form, text)])
  }
})
