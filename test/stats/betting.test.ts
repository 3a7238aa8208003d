import { describe, expect, test } from 'vitest'
import { logWealth, meanBounds } from '../../src/stats/betting.ts'
import { clopperPearson } from '../../src/stats/clopperPearson.ts'
import { seeded } from '../../src/stats/random.ts'

const seenOf = (values: readonly number[]): Map<number, number> => {
  const seen = new Map<number, number>()
  for (const value of values) seen.set(value, (seen.get(value) ?? 0) + 1)
  return seen
}

describe('bounds of a mean by betting', () => {
  test('are all there is where nothing was seen, and close around what was', () => {
    expect(meanBounds(new Map(), 0.05)).toEqual([0, 1])
    const [low, high] = meanBounds(
      new Map([
        [1, 900],
        [0, 100],
      ]),
      0.05,
    )
    expect(low).toBeGreaterThan(0.86)
    expect(low).toBeLessThan(0.9)
    expect(high).toBeLessThan(0.93)
    const [exact] = clopperPearson(900, 1000, 0.9)
    expect(low).toBeLessThan(exact)
  })

  test('do not hang on the order, and heed how little the values vary', () => {
    const values = Array.from({ length: 60 }, (_, i) => [0.85, 0.9, 0.95][i % 3] as number)
    expect(meanBounds(seenOf(values), 0.05)).toEqual(meanBounds(seenOf(values.toReversed()), 0.05))
    const [steady] = meanBounds(seenOf(values), 0.05)
    const [varied] = meanBounds(
      new Map([
        [1, 54],
        [0, 6],
      ]),
      0.05,
    )
    expect(steady).toBeGreaterThan(varied)
  })

  test('a wealth never looks back: the mean itself is refuted with probability alpha at most, at whatever time one looks', () => {
    const random = seeded(17)
    const draws = 2000
    for (const p of [0.5, 0.9, 0.98]) {
      let refuted = 0
      for (let draw = 0; draw < draws; draw++) {
        let [passed, failed] = [0, 0]
        for (let i = 0; i < 200; i++) {
          if (random() < p) passed++
          else failed++
          if (i % 8 !== 7) continue
          const seen = new Map([
            [1, passed],
            [0, failed],
          ])
          if (logWealth(seen, p) >= Math.log(20)) {
            refuted++
            break
          }
        }
      }
      // Three standard errors above 5 %.
      expect(refuted / draws, `p = ${p}`).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / draws))
    }
  })
})
