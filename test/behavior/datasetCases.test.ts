import { describe, expect, test } from 'vitest'
import { mft, type MftRow } from '../../src/behavior/mft.ts'
import { passMft } from '../../src/behavior/kinds/passMft.ts'
import { plannedCalls } from '../../src/behavior/plannedCalls.ts'
import { scored } from '../../src/behavior/kinds/scored.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { blocksOf } from '../../src/results/blocks/index.ts'
import { temporaryFile } from '../helpers/files.ts'
import { judge } from '../helpers/judge.ts'

const parity = model('parity@1', (n: number | bigint | string) => (Number(n) % 2 === 0 ? 'even' : 'odd'))
const at = (rows: readonly object[], name = 'rows') => dataset(rows as Record<string, unknown>[], { name })
/** Of 20,000 numbers, every hundredth with a wrong answer. */
const numbers = Array.from({ length: 20_000 }, (_, i) => ({
  input: i,
  expected: i % 100 === 7 ? 'even' : i % 2 === 0 ? 'even' : 'odd',
  capability: i % 4 === 0 ? 'fours' : 'others',
}))

test('the rows of a dataset are cases, judged as those of a list are', async () => {
  const options = { passRate: { min: 0.98 }, capabilities: { fours: { min: 1 } } }
  const [streamed, bare, listed] = await evaluate([
    passMft(parity, mft(at(numbers)), options),
    passMft(parity, at(numbers), options),
    passMft(parity, mft(numbers), options),
  ])
  expect(streamed).toMatchObject({
    status: 'pass',
    title: 'minimum functionality, rows',
    measured: listed?.measured,
    subject: { name: 'parity@1', reference: 'rows' },
    lineage: { datasets: [{ name: 'rows' }], model: { name: 'parity@1' } },
  })
  expect(bare?.id).toBe(streamed?.id)
  const blocks = (result = streamed) => blocksOf({ evidence: result?.evidence ?? [] }, 'rates')
  expect(blocks()).toMatchObject([{ test: 'MFT', overall: { cases: 20_000, failed: 200 } }])
  expect(blocks()[0]?.parts).toEqual(blocks(listed)[0]?.parts)
  const [failing] = blocksOf({ evidence: streamed?.evidence ?? [] }, 'examples')
  expect(failing).toMatchObject({
    total: 200,
    examples: { length: 20, 0: { input: '7', expected: 'even', got: 'odd' } },
  })
})

test('cells of a file are read as its dataset reads them: fields, comparisons, weights, names', async () => {
  const text =
    'input.a,input.b,expected,compare,weight,name,note\n1,2,3,,1,one,x\n2,2,3..5,range,3,two,y\n2,3,6,,4,three,z\n'
  const cases = mft(dataset(await temporaryFile('sums.csv', text)), { ignore: ['note'], name: 'sums' })
  const sum = model('sum@1', ({ a, b }: { a: bigint; b: bigint }) => a + b)
  const result = await judge(passMft(sum, cases, { passRate: { min: 0.5 } }))
  expect(result).toMatchObject({ status: 'pass', value: 0.5, title: 'minimum functionality, sums' })
  expect(result.measured).toContain('by weight')
  expect(await judge(passMft(sum, cases))).toMatchObject({ status: 'fail', evidence: [{}, { failing: ['three'] }] })
})

describe('what makes no cases is an error of the assertion, never a pass', () => {
  const wide: MftRow = { input: 1, expected: 'odd' }
  test.each([
    ['without a right answer', [{ input: 1, answer: 2 }], {}, /"rows" has no column "expected"/],
    ['a column that nothing reads', [{ ...wide, note: 1 }], {}, /"rows" has the column "note", which nothing reads/],
    ['a missing answer', [wide, { input: 2, expected: null }], {}, /row 2 of "rows" expects null/],
    [
      'two answers to one input',
      [wide, wide, { input: 1, expected: 'even' }],
      {},
      /row 3 .* expects "even" for 1, and row 1 of "rows" expects another/,
    ],
    [
      'two cases of one name',
      [
        { ...wide, name: 'a' },
        { input: 2, expected: 'even', name: 'a' },
      ],
      {},
      /row 2 of "rows" and row 1 of "rows" are both called "a"/,
    ],
    ['an unknown comparison', [{ ...wide, compare: 'equal' }], {}, /row 1 of "rows" compares by "equal"/],
    [
      'a limit of a capability that is not there',
      [{ ...wide, capability: 'sum' }],
      { capabilities: { sums: { min: 1 } } },
      /did you mean sum\?/,
    ],
  ] as const)('%s', async (_, rows, options, message) => {
    const result = await judge(passMft(parity, mft(at(rows)), options))
    expect(result).toMatchObject({ status: 'error', blocking: true })
    expect(result.message).toMatch(message)
  })

  test('a file that is not there', async () => {
    expect(await judge(passMft(parity, mft(dataset('gone.parquet'))))).toMatchObject({ status: 'error' })
  })

  test('no row at all is nothing to judge', async () => {
    const none = dataset(await temporaryFile('none.csv', 'input,expected\n'))
    expect(await judge(passMft(parity, mft(none)))).toMatchObject({ status: 'vacuous', blocking: true })
  })
})

test('personal cells stay in the process', async () => {
  const rows = [
    { input: 'SECRET-1', expected: 'SECRET-2', capability: 'SECRET-3', name: 'SECRET-4' },
    { input: 'SECRET-5', expected: 'SECRET-6', capability: 'SECRET-3', name: 'SECRET-7' },
  ]
  const tagged = dataset(
    rows.map((row) => ({ ...row })),
    { name: 'rows', pii: ['input', 'expected', 'capability', 'name'] },
  )
  const echo = model('echo@1', (text: string) => `SECRET ${text}`)
  const result = await judge(passMft(echo, mft(tagged)))
  expect(result).toMatchObject({ status: 'fail', measured: expect.stringContaining('2 fail') as string })
  expect(JSON.stringify(result)).not.toContain('SECRET')
  const contradicting = dataset([...rows, { ...rows[0], expected: 'SECRET-8', name: 'x' }] as never, {
    name: 'two',
    pii: ['input', 'expected', 'name', 'capability'],
  })
  const error = await judge(passMft(echo, mft(contradicting)))
  expect(error.status).toBe('error')
  expect(JSON.stringify(error)).not.toContain('SECRET')
})

test('a budget draws from all rows, and what it may cost is told before', async () => {
  const check = passMft(parity, mft(at(numbers)), { budget: 600, passRate: { min: 0.9 } })
  expect(plannedCalls(check)).toBe(600)
  expect(plannedCalls(passMft(parity, mft(at(numbers))))).toBeUndefined()
  expect(await judge(check)).toMatchObject({ status: 'pass' })
})

test('a capability with a limit, of which a budget drew no case, is not shown to hold', async () => {
  const rare = { input: -1, expected: 'even', capability: 'rare' }
  const options = { budget: 300, passRate: { min: 0.5 }, capabilities: { rare: { min: 0.5 } } } as const
  for (const cases of [mft([...numbers, rare]), mft(at([...numbers, rare]))]) {
    const result = await judge(passMft(parity, cases, options))
    expect(result).toMatchObject({ status: 'inconclusive', blocking: false })
    expect(result.message).toContain('rare: no case of it was asked')
    expect(await judge(passMft(parity, cases, { ...options, onInconclusive: 'fail' }))).toMatchObject({
      blocking: true,
    })
  }
})

test('what needs all cases at hand says how to get them', () => {
  expect(() => scored(parity, { accuracy: { min: 0.5 } }, mft(at(numbers)) as never)).toThrow(
    /mft\(await dataset\.rows\(\)\)/,
  )
})
