import { join } from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { freeze } from '../../src/drift/index.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { temporaryFolder } from '../helpers/files.ts'
import { compare, effectOf, many, random, rowsOf } from './data.ts'

const folder = temporaryFolder()
afterEach(() => vi.unstubAllEnvs())

/** Those that compare numbers by the shares of bins. */
const methods = ['psi', 'jensenShannon', 'hellinger', 'bhattacharyya', 'totalVariation', 'kullbackLeibler']
const next = random(3)
const zeros = (share: number, value = 0) => many(3000, () => (next() < share ? value : value + 1 + 99 * next()))
const [then, now] = [zeros(0.95), zeros(0.6)]
/** The same rows as categories: what the bins tell apart. */
const named = (values: readonly number[]) => rowsOf(values.map((x) => (x === 0 ? 'zero' : 'more')))

describe.each(methods)('%s', (method) => {
  test('a value that most rows of the reference have is a place of its own, in memory, frozen and counted by the engine', async () => {
    const path = join(folder, `${method}.json`)
    await freeze(rowsOf(then, 'x'), path)
    const wanted = effectOf((await compare(named(now), named(then), { method }))[0])?.value as number
    const judged = async (ask: () => Promise<Awaited<ReturnType<typeof compare>>>) => {
      const [result] = await ask()
      expect(result?.status).toBe('fail')
      expect(effectOf(result)?.note).toContain('"over 0" ')
      expect(Math.abs((effectOf(result)?.value as number) / wanted - 1)).toBeLessThan(0.03)
    }
    await judged(() => compare(rowsOf(now), rowsOf(then), { method }))
    await judged(() => evaluate(noDriftFrom(rowsOf(now), path, { method })))
    vi.stubEnv('ASSAY_WORKERS', '1000000')
    await judged(() => compare(rowsOf(now), rowsOf(then), { method }))
  })

  test('what is as common as before is no drift, and a neighbour of a constant is', async () => {
    const findings = false
    expect((await compare(rowsOf(zeros(0.95)), rowsOf(then), { method, findings }))[0]?.status).toBe('pass')
    const constant = rowsOf(many(3000, () => 7))
    for (const other of [7.5, 6.5])
      expect((await compare(rowsOf(many(3000, () => other)), constant, { method, findings }))[0]?.status).toBe('fail')
  })
})
