import { describe, expect, test } from 'vitest'
import { type MftRow, mft } from '../../src/behavior/mft.ts'
import { type MftPassOptions, passMft } from '../../src/behavior/kinds/passMft.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { model } from '../../src/models/model.ts'
import { seeded } from '../../src/stats/random.ts'
import { examplesOf, overallOf } from '../helpers/blocks.ts'
import { temporaryFile } from '../helpers/files.ts'

const upper = model('upper@1', (text: string) => (text === 'down' ? undefined : text.toUpperCase()))
const rows: readonly MftRow[] = [
  { input: 'a', expected: 'A', group: 'one', capability: 'x' },
  { input: 'b', expected: 'x', group: 'two', capability: 'x' },
  { input: 'c', expected: 'C', capability: 'y' },
  { input: 'd', expected: 'D', group: 'one', capability: 'x' },
  { input: 'e', expected: 'E', group: 'two', capability: 'x' },
]
const asked = async (cases: Parameters<typeof passMft>[1], options?: MftPassOptions) =>
  (await evaluate(passMft(upper, cases, options)))[0]

describe('cases of a group', () => {
  test('count as one, which passes when all of them do', async () => {
    const result = await asked(mft(rows), { passRate: { min: 0.6 } })
    expect(result).toMatchObject({ status: 'pass', value: 2 / 3, measured: '66.7 % of 3 cases (2 pass, 1 fail)' })
    expect(examplesOf(result)?.examples).toMatchObject([{ input: 'b', expected: 'x', got: 'B', reason: 'group "two"' }])
  })

  test('are an error together where one has no answer, unless another fails', async () => {
    const down = (more: MftRow) =>
      asked(
        mft([
          { input: 'down', expected: 'DOWN', group: 1 },
          { group: 1, ...more },
        ]),
      )
    expect(await down({ input: 'a', expected: 'A' })).toMatchObject({ status: 'error' })
    expect(overallOf(await down({ input: 'a', expected: 'B' }))).toMatchObject({ cases: 1, passed: 0 })
  })

  test('may be judged later', async () => {
    const said = (is: boolean): MftRow => ({ input: String(is), expected: async () => is, group: 'g' })
    expect(overallOf(await asked(mft([said(true), { ...said(true), input: 'other' }])))).toMatchObject({ passed: 1 })
    const result = await asked(mft([said(true), said(false)]))
    expect(overallOf(result)).toMatchObject({ passed: 0, failed: 1 })
    expect(examplesOf(result)?.examples[0]).toMatchObject({ input: 'false' })
  })

  test('count by their weight, and under repeats each time', async () => {
    const heavy = mft(rows.map((row) => ({ ...row, weight: row.group === 'two' ? 8 : 1 })))
    expect(await asked(heavy, { passRate: { min: 0.5 } })).toMatchObject({ status: 'fail', value: 0.2 })
    expect(overallOf(await asked(mft(rows), { repeats: 2 }))).toMatchObject({ passed: 2, failed: 1 })
  })

  test('have one capability and one weight', async () => {
    const other = mft([...rows, { input: 'f', expected: 'F', group: 'one', capability: 'z' }])
    expect(await asked(other)).toMatchObject({
      status: 'error',
      message: expect.stringContaining('the group "one" has cases with the capability "x" and "z"') as string,
    })
  })

  test('are read from files and datasets, where they stand together', async () => {
    const file = await temporaryFile('cases.csv', 'input,expected,group\na,A,1\nb,B,1\nc,x,2\nd,D,\ne,E,\n')
    for (const cases of [mft(file), mft(dataset(file))])
      expect(overallOf(await asked(cases))).toMatchObject({ cases: 4, passed: 3, failed: 1 })
    const apart = await temporaryFile('cases.csv', 'input,expected,group\na,A,1\nb,B,2\nc,C,1\n')
    expect(overallOf(await asked(mft(apart)))).toMatchObject({ cases: 2, passed: 2 })
    expect(await asked(mft(dataset(apart)))).toMatchObject({
      status: 'error',
      message: expect.stringContaining('row 3 is of the group "1"') as string,
    })
  })

  test('of a dataset without rows are nothing to judge', async () => {
    const none = await temporaryFile('cases.csv', 'input,expected,group\n')
    expect(await asked(mft(dataset(none)))).toMatchObject({ status: 'vacuous', blocking: true })
  })

  test('come to what a naive count of groups comes to', async () => {
    const random = seeded(7)
    const many: MftRow[] = Array.from({ length: 20_000 }, (_, i) => ({
      input: `t${i}`,
      expected: random() < 0.9 ? `T${i}` : 'x',
      group: Math.floor(i / 3),
    }))
    const groups = new Map<unknown, MftRow[]>()
    for (const row of many) groups.set(row.group, [...(groups.get(row.group) ?? []), row])
    const passed = [...groups.values()].filter((group) => group.every(({ expected }) => expected !== 'x')).length
    for (const cases of [mft(many), mft(dataset(many, { name: 'many' }))])
      expect(overallOf(await asked(cases))).toMatchObject({ cases: groups.size, passed, failed: groups.size - passed })
  })
})
