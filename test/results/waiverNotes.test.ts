import { describe, expect, test } from 'vitest'
import { waiverNotes } from '../../src/results/waiverNotes.ts'
import type { Waiver } from '../../src/results/waivers.ts'
import { result } from '../helpers/runDocument.ts'
import { id, waiver } from '../helpers/waivers.ts'

describe('notes of a run', () => {
  const notes = (waivers: readonly Waiver[], status: 'fail' | 'pass' | undefined, wholeSuite: boolean, now: string) =>
    waiverNotes(waivers, status ? [result({ id, status }), result({ id, status })] : [], {
      now: new Date(now),
      wholeSuite,
    })

  test('a waiver that matches nothing is named when the whole suite ran, and only then', () => {
    expect(notes([waiver()], undefined, true, '2996-11-01')).toEqual([
      `waiver for ${id} of dana matched no check of this run`,
    ])
    expect(notes([waiver()], undefined, false, '2996-11-01')).toEqual([])
  })

  test('a waiver that is over, or ends within seven days, is named', () => {
    const said = (now: string) => notes([waiver()], 'fail', true, now)
    expect(said('2996-11-22T23:59:59Z')).toEqual([])
    expect(said('2996-11-23T00:00:00Z')).toEqual([`waiver for ${id} of dana ends in 7 days, after 2996-11-30`])
    expect(said('2996-11-29T12:00:00Z')).toEqual([`waiver for ${id} of dana ends tomorrow, after 2996-11-30`])
    expect(said('2996-11-30T23:59:59Z')).toEqual([`waiver for ${id} of dana ends today, after 2996-11-30`])
    expect(said('2996-12-01T00:00:00Z')).toEqual([`waiver for ${id} of dana expired on 2996-11-30`])
  })

  test('a waiver of a check that holds again is named', () => {
    expect(notes([waiver()], 'pass', false, '2996-11-01')).toEqual([
      `waiver for ${id} of dana is not needed: the check holds`,
    ])
  })
})
