import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { addWaiver } from '../../src/results/addWaiver.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { readWaivers, type Waiver } from '../../src/results/waivers.ts'
import { temporaryFile } from '../helpers/files.ts'
import { failing, id, other, problem, text, waiver } from '../helpers/waivers.ts'

describe('adding a waiver', () => {
  const now = new Date('2996-11-01T12:00:00Z')
  const file = async (content = text()): Promise<string> => temporaryFile('assay.waivers.json', content)

  test('makes the file, replaces an entry in its place, keeps the rest, and is stable', async () => {
    const target = path.join(path.dirname(await file()), 'new', 'w.json')
    const add = async (one: Waiver) => (await addWaiver(target, one, { now })).outcome
    expect(await add(waiver())).toBe('added')
    expect(await add(waiver({ check: other }))).toBe('added')
    expect(await add(waiver({ owner: 'eve', upTo: '3 rows' }))).toBe('replaced')
    const written = await readFile(target, 'utf8')
    const entries = [waiver({ owner: 'eve', upTo: '3 rows' }), waiver({ check: other })]
    expect(written).toBe(`${JSON.stringify({ waivers: entries }, null, 2)}\n`)
    expect(await add(waiver({ owner: 'eve', upTo: '3 rows' }))).toBe('unchanged')
    expect(await readWaivers(target)).toHaveLength(2)
    expect(await readdir(path.dirname(target))).toEqual(['w.json'])
  })

  test('keeps "$schema"', async () => {
    const target = await file(JSON.stringify({ $schema: './w.schema.json', waivers: [] }))
    await addWaiver(target, waiver(), { now })
    expect(JSON.parse(await readFile(target, 'utf8'))).toEqual({ $schema: './w.schema.json', waivers: [waiver()] })
  })

  describe('of a known run', () => {
    const known = (...results: Partial<CheckResult>[]): CheckResult[] =>
      results.map((one) => ({ ...(failing as CheckResult), ...one }))
    const add = async (check: string, results: readonly CheckResult[], more: Partial<Waiver> = {}) =>
      addWaiver(await file(), waiver({ check, ...more }), { now, known: results })
    const counts = (failed: number) => ({ rows: 100, missing: 0, tested: 100, failed })

    test('an id that it does not have is refused, and the nearest suggested', async () => {
      await expect(add(id.replace('amount', 'amuont'), known({}))).rejects.toThrow(
        `no known run has a check "${id.replace('amount', 'amuont')}"\n  hint: did you mean ${id}?`,
      )
      await expect(add(id, [])).rejects.toMatchObject({
        code: 'unknown-check',
        message: expect.stringContaining('run the checks first'),
      })
    })

    test('how an id begins, or a pattern, is taken when it means one check, and refused with the list when several', async () => {
      expect((await add('orders.amount', known({}, { id: 'sales.rowCount~0123456789ab' }))).waiver.check).toBe(id)
      expect((await add('*.valuesBetween~*', known({}))).waiver.check).toBe(id)
      for (const named of ['orders', 'orders.amount.*', '*']) {
        await expect(add(named, known({}, { id: other }))).rejects.toMatchObject({
          code: 'ambiguous-check',
          message: expect.stringContaining(`is 2 checks, and a waiver is of one:\n  ${id}\n  ${other}`),
        })
      }
    })

    test('the ceiling is what the run found, the most where it was asked several times, or what is given', async () => {
      const twice = known({ counts: counts(3) }, { counts: counts(5) }, { counts: counts(4) })
      expect((await add(id, twice)).waiver.upTo).toBe('5 rows')
      expect((await add(id, twice, { upTo: '7 rows' })).waiver.upTo).toBe('7 rows')
      expect((await add(id, twice, { upTo: '5 %' })).waiver.upTo).toBe('5 %')
      expect((await add(id, twice, { upTo: 'any' })).waiver).not.toHaveProperty('upTo')
      await expect(add(id, twice, { upTo: '4 rows' })).rejects.toThrow(
        /would not accept .*: there are 5\n {2}hint: the least that does is "5 rows"/,
      )
      await expect(add(id, twice, { upTo: '5 cases' })).rejects.toThrow('this result counts no cases')
    })

    test('failures of other checks neither widen the ceiling nor are accepted', async () => {
      const others = known({ id: other, counts: counts(9) })
      expect((await add(id, [...others, ...known({ counts: counts(3) })])).waiver).toMatchObject({
        check: id,
        upTo: '3 rows',
      })
      await expect(add(id, [...known({ status: 'pass' }), ...others])).rejects.toThrow('no failure to accept')
    })

    test('what does not fail has nothing to accept', async () => {
      await expect(add(id, known({ status: 'pass' }))).rejects.toThrow('has no failure to accept: it holds')
      for (const status of ['error', 'vacuous', 'inconclusive'] as const)
        await expect(add(id, known({ status }))).rejects.toThrow(`it is ${status}, and a waiver accepts failures only`)
    })
  })

  test('refuses what is no waiver, one that is over, and a file that is wrong; the file stays as it was', async () => {
    const target = await file()
    const add = (one: Waiver, to = target) => problem(() => addWaiver(to, one, { now }))
    expect(await add(waiver({ owner: '' }))).toBe('this is no waiver: "owner" must be a text that says something')
    expect(await add(waiver({ until: '2996-10-31' }))).toBe(
      'a waiver until 2996-10-31 is over already: today is 2996-11-01 (UTC)',
    )
    expect(await add(waiver({ until: '2996-11-01' }))).toBe('nothing')
    const wrong = await file('{')
    expect(await add(waiver(), wrong)).toMatch(/it is not JSON/)
    expect(await readFile(wrong, 'utf8')).toBe('{')
  })
})
