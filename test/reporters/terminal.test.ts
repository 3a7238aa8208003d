import { describe, expect, test } from 'vitest'
import { terminal } from '../../reporters/index.ts'
import { document, generate, hostileResult, nasty, result } from '../helpers/runDocument.ts'

const plain = terminal(generate(60), { color: false, report: 'report/index.html' })

test('each result that does not pass is one line with subject, numbers and place', () => {
  const line = plain.split('\n').find((candidate) => candidate.includes('flights.origin'))
  expect(line).toBe(
    ' ✗ Fail flights.origin values in a set of 64 airports  expected 100 % in set  measured 92.66 % in set  16,938 of 230,845 rows  test/flights.data.test.ts:22',
  )
})

test('an error says what went wrong instead of numbers', () => {
  expect(plain).toMatch(/◆ Error orders\.amount .* There is no column "amount_x" in this dataset/)
  expect(plain).not.toContain('Binder Error')
})

test('the end counts every status and names the report', () => {
  expect(plain).toMatch(
    /9 fail {2}2 could not run {2}2 had nothing to judge {2}3 warn {2}3 are undecided {2}1 is an accepted failure {2}1 was skipped {2}39 pass/,
  )
  expect(plain).toContain('report report/index.html')
})

test('a long list is capped and says how many are left', () => {
  const text = terminal(generate(10_000), { color: false, most: 10 })
  expect(text.split('\n').length).toBeLessThan(20)
  expect(text).toContain('… and 240 more')
})

test('color is honoured', () => {
  expect(plain).not.toContain('\u001b')
  expect(terminal(generate(60), { color: true })).toContain('\u001b[31m')
})

describe('the data cannot steer the terminal', () => {
  test.for(nasty)('%j', (value) => {
    const run = document([hostileResult(value)])
    const text = terminal(run, { color: false, report: value })
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
  })

  test('a line break in a value stays on its line', () => {
    const lines = (value: string): number =>
      terminal(document([result({ status: 'fail', measured: value })]), { color: false }).split('\n').length
    expect(lines('a\nb\r\nc')).toBe(lines('abc'))
  })
})

test('a passing run is one line', () => {
  expect(terminal(document([result()], { notes: [] }), { color: false })).toBe(' 1 passes  1 check · 6.4 s\n')
})

test('notes of the run are told, ten of them, and text of the data in them stays text', () => {
  const notes = Array.from({ length: 12 }, (_, i) => `note ${i}\n\u001b[31m##[error]red`)
  const lines = terminal(document([result()], { notes }), { color: false }).split('\n')
  expect(lines.filter((line) => line.startsWith(' note '))).toHaveLength(10)
  expect(lines[0]).toBe(' note note 0\\n\\u001b[31m\\u0023#[error]red')
  expect(lines[10]).toBe(' … and 2 more notes')
})
