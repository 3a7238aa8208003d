import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LineForm, PlainLines } from '../../src/bytes/plainLines.ts'

const SEED = 20_261_126
const code = (text: string): number => text.charCodeAt(0)

/** The same line by line; nothing is known of a line that ends in the last fifteen bytes, or is cut off. */
function naive(text: string, { quote, delimiters, lineEnd }: LineForm, from: number, most: number) {
  let at = from
  let lines = 0
  let longest = 0
  while (lines < most) {
    const end = text.indexOf('\n', at)
    const line = text.slice(at, end).replace(lineEnd === '\n' ? '' : /\r$/, '')
    const isWhole = end >= 0 && text.slice(line.length + at, end + 1) === lineEnd
    const plain = line.split(',').length - 1 === delimiters && !line.includes('\r') && line.length > 0
    if (!isWhole || !plain || (quote >= 0 && line.includes('"'))) break
    lines++
    longest = Math.max(longest, line.length)
    at = end + 1
  }
  return { lines, next: at, longest }
}

test(`plain lines are those of a naive look, from any place on (seed ${SEED})`, () => {
  const cell = fc.stringMatching(/^[a-z0-9 é٣]{0,40}$/)
  const plain = fc.tuple(cell, cell, cell).map((cells) => cells.join(','))
  const odd = fc.constantFrom('', 'a,b', 'a,b,c,d', '"a",b,c', 'a"b,c,d', 'a,\rb,c', ',,', '\r', 'x'.repeat(70))
  const line = fc.oneof({ weight: 12, arbitrary: plain }, { weight: 1, arbitrary: odd })
  const ends = fc.constantFrom('\n' as const, '\r\n' as const)
  let seen = 0
  const looks = new PlainLines(100_000)
  fc.assert(
    fc.property(
      fc.array(fc.tuple(line, fc.oneof({ weight: 30, arbitrary: fc.constant(undefined) }, ends)), {
        maxLength: 40,
        size: 'max',
      }),
      ends,
      fc.boolean(),
      fc.nat(10),
      fc.integer({ min: 1, max: 50 }),
      (lines, lineEnd, quoted, start, most) => {
        const written = lines.map(([text, end = lineEnd]) => text + end)
        const from = Buffer.byteLength(written.slice(0, start).join(''))
        const bytes = Buffer.from(`${written.join('')}${'.'.repeat(15)}`)
        const form: LineForm = { delimiter: code(','), quote: quoted ? code('"') : -1, delimiters: 2, lineEnd }
        expect(looks.load(bytes)).toBe(true)
        const run = looks.run(form, from, bytes.length, most)
        expect(run).toEqual(naive(bytes.toString('latin1'), form, from, most))
        seen += run.lines
      },
    ),
    { seed: SEED, numRuns: 500 },
  )
  expect(seen).toBeGreaterThan(2000)
})

test('nothing is read past the end of the text, and a text that is too long is not taken over', () => {
  const looks = new PlainLines(1000)
  const form: LineForm = { delimiter: code(','), quote: code('"'), delimiters: 1, lineEnd: '\n' }
  for (let length = 0; length < 100; length++) {
    const text = 'ab,cd\n'.repeat(30)
    expect(looks.load(Buffer.from(text))).toBe(true)
    const { lines, next } = looks.run(form, 0, length, 1000)
    expect(next).toBe(lines * 6)
    expect(next).toBeLessThanOrEqual(length)
    expect(next).toBeGreaterThan(length - 16 - 6)
  }
  expect(looks.load(Buffer.alloc(200_000))).toBe(false)
})
