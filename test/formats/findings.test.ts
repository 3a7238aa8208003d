import { expect, test } from 'vitest'
import type { SourceFinding } from '../../src/engine/engine.ts'
import { allFindings, FindingsList, KEPT, listOf } from '../../src/formats/findings.ts'

const finding = (line: number, more: Partial<SourceFinding> = {}): SourceFinding => ({
  kind: 'cells',
  reason: 'x',
  line,
  file: 'a.csv',
  ...more,
})
const many = (count: number, more?: Partial<SourceFinding>) => Array.from({ length: count }, (_, i) => finding(i, more))

test('all findings are counted, the first are kept with their places', () => {
  const list = new FindingsList()
  for (const one of many(3 * KEPT)) list.add(one, one.line !== 1)
  list.count(true)
  expect(list.summary).toMatchObject({ total: 3 * KEPT + 1, rowsLost: 3 * KEPT })
  expect(list.summary.first.map(({ line }) => line)).toEqual(Array.from({ length: KEPT }, (_, i) => i))
  const long = listOf([finding(1, { text: 'x'.repeat(1000) })])
  expect(long.first[0]?.text).toBe(`${'x'.repeat(80)}…`)
})

test('findings only warn where each of them does, in one file and in several', () => {
  const [warns, fails, none] = [listOf(many(2, { severity: 'warn' })), listOf(many(2)), listOf([])]
  const mixed = listOf([finding(1, { severity: 'warn' }), finding(2)])
  const late = listOf([...many(2 * KEPT, { severity: 'warn' }), finding(1)])
  expect([warns, fails, none, mixed, late].map(({ severity }) => severity)).toEqual([
    'warn',
    ...Array(4).fill(undefined),
  ])
  expect(allFindings([warns, none, warns])).toMatchObject({ severity: 'warn', total: 4 })
  for (const lists of [[warns, fails], [fails, warns], [mixed], [none], [warns, late]])
    expect(allFindings(lists).severity).toBeUndefined()
})

test('of several files all findings and lost rows count, and no more are kept than of one', () => {
  const lost = (count: number) => {
    const list = new FindingsList()
    for (const one of many(count)) list.add(one, true)
    return list.summary
  }
  const all = allFindings([lost(60), lost(70), lost(80)])
  expect(all).toMatchObject({ total: 210, rowsLost: 210 })
  expect(all.first).toHaveLength(KEPT)
  expect(all.first[60]).toEqual(finding(0))
})
