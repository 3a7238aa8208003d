import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { freeze, noDriftFrom } from '../../src/drift/index.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'
import { domainClassifier } from '../../src/stats/domainClassifier.ts'
import { folderWith } from '../helpers/files.ts'
import { compare, many, normal, random } from './data.ts'

/** Two normal columns of a correlation, and a word that goes with the sign of one in some share of rows. */
function rows(count: number, seed: number, { correlation = 0.7, agrees = 0.5 } = {}) {
  const next = random(seed)
  return many(count, () => {
    const [a, b] = [normal(next), normal(next)]
    const up = a > 0 === next() < agrees
    return { x: a, y: correlation * a + Math.sqrt(1 - correlation ** 2) * b, word: up ? 'up' : 'down', z: next() }
  })
}
const reference = dataset(rows(2000, 1), { name: 'then' })

test('a correlation that turned round is seen where every column by itself is as it was', async () => {
  const swapped = dataset(rows(2000, 2, { correlation: -0.7 }), { name: 'now' })
  const results = await compare(swapped, reference, { multivariate: true })
  const [whole, ...columns] = results
  expect(columns.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass'])
  expect(whole).toMatchObject({ status: 'fail', expected: 'AUC − ½ at most 0.07', limit: { max: 0.07 } })
  expect(whole?.subject.column).toBeUndefined()
  // Of two normal columns of correlation ±0.7 the best possible classifier has an AUC of 0.86.
  expect((whole?.value ?? 0) + 0.5).toBeGreaterThan(0.82)
  expect((whole?.value ?? 0) + 0.5).toBeLessThan(0.87)
  expect(whole?.message).toMatch(/learned from "[xy]" \d[\d.]* %, "[xy]" \d/)
  expect(new Set(results.map(({ id }) => id)).size).toBe(results.length)
})

test('where the columns are judged by the share of them that drifted, what is asked of all together fails all the same', async () => {
  const swapped = dataset(rows(2000, 2, { correlation: -0.7 }), { name: 'now' })
  const [share, whole] = await compare(swapped, reference, { multivariate: true, driftedShare: 0.3 })
  expect(share).toMatchObject({ status: 'pass', expected: 'share of drifted columns at most 0.3' })
  expect(whole).toMatchObject({ status: 'fail', blocking: true, expected: 'AUC − ½ at most 0.07' })
  const few = dataset(rows(60, 4), { name: 'few' })
  const strict = { multivariate: true, driftedShare: 0.3, onInconclusive: 'fail' } as const
  const undecided = (await compare(few, reference, strict)).find(({ expected }) => expected.startsWith('AUC'))
  expect(undecided).toMatchObject({ status: 'inconclusive', blocking: true })
})

test('so is a word that goes with a number otherwise than before', async () => {
  const [whole] = await compare(dataset(rows(2000, 3, { agrees: 0.95 }), { name: 'now' }), reference, {
    multivariate: true,
  })
  expect(whole).toMatchObject({ status: 'fail', message: expect.stringContaining('"word"') })
})

test('free text is told apart by its words and its length, and one population of it passes', async () => {
  const text = (count: number, seed: number, refund = 0.02, longest = 6) => {
    const next = random(seed)
    const some = () => 'the parcel came late and was damaged thanks for fast help'.split(' ')[Math.floor(next() * 11)]
    const rows = many(count, (i) => ({
      note: [
        `${i}x${seed}`,
        ...many(2 + Math.floor(next() * longest), some),
        ...(next() < refund ? ['refund'] : []),
      ].join(' '),
    }))
    return dataset(rows, { name: 'notes' })
  }
  const then = text(1000, 1)
  const judged = async (now: ReturnType<typeof text>) => {
    const results = await compare(now, then, { multivariate: true })
    return results.find(({ expected }) => expected.startsWith('AUC'))
  }
  expect(await judged(text(1000, 2))).toMatchObject({ status: 'pass' })
  expect(await judged(text(1000, 3, 0.5))).toMatchObject({
    status: 'fail',
    message: expect.stringMatching(/learned from "note" \(words\)/),
  })
  expect(await judged(text(1000, 4, 0.02, 12))).toMatchObject({
    status: 'fail',
    message: expect.stringContaining('"note" (length)'),
  })
})

test('rows of one population pass, few rows are undecided, and the same rows give the same numbers', async () => {
  const same = dataset(rows(2000, 4), { name: 'now' })
  const results = await compare(same, reference, { multivariate: true })
  expect(results.map(({ status }) => status)).toEqual(['pass', 'pass', 'pass', 'pass', 'pass'])
  const again = await compare(same, reference, { multivariate: true })
  expect(again[0]?.value).toBe(results[0]?.value)
  const [none] = await compare(dataset(rows(60, 5), { name: 'now' }), reference, { multivariate: true })
  expect(none).toMatchObject({
    status: 'inconclusive',
    message: expect.stringContaining('100 rows of each side at least'),
  })
})

test('of 36 pairs of samples of one population AUC is a half on average, and its error is what it varies by', () => {
  const next = random(6)
  const bins = (count: number) => Uint8Array.from(many(count, () => Math.floor(next() * 12)))
  const found = many(36, () => domainClassifier([bins(400), bins(400), bins(400)], 150, 250))
  const z = found.map(({ auc, error }) => (auc - 0.5) / error)
  const mean = z.reduce((sum, one) => sum + one, 0) / z.length
  expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(z.length))
  const beyond = z.filter((one) => one > normalQuantile(0.95)).length
  expect(beyond).toBeLessThanOrEqual(5)
})

test('what takes rows for others than independent ones, or has none, is refused beside it', async () => {
  for (const more of [{ joinBy: 'x' }, { compat: 'evidently' }, { clusterBy: 'word' }] as const)
    expect(() => noDriftFrom(reference, reference, { multivariate: true, ...more })).toThrow(/got/)
  for (const multivariate of [1, { limit: 0.6 }, { limits: 0.1 }])
    expect(() => noDriftFrom(reference, reference, { multivariate: multivariate as never })).toThrow(/multivariate/)
  expect(() => noDriftFrom(reference.column('x'), reference, { multivariate: true })).toThrow(/an option of several/)
  const path = `${await folderWith({})}/r.profile.json`
  await freeze(reference, path)
  expect(() => noDriftFrom(reference, path, { multivariate: true })).toThrow(/has no rows/)
})
