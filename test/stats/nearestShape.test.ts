import { expect, test } from 'vitest'
import { distanceFrom, nearestShape } from '../../src/stats/nearestShape.ts'
import { seeded } from '../../src/stats/random.ts'
import { shapes } from '../../src/stats/shapes.ts'
import { normalQuantile } from '../../src/stats/normalQuantile.ts'

const next = seeded(7)
const draw = (n: number, of: () => number) => Float64Array.from({ length: n }, of).sort()
const samples: Readonly<Record<string, Float64Array>> = {
  normal: draw(60, () => 50 + 10 * normalQuantile(next())),
  uniform: draw(60, next),
  skewed: draw(60, () => -Math.log(next())),
  'far from 0': draw(60, () => 1e12 + next()),
  'few values': draw(60, () => Math.floor(3 * next())),
  'two clusters': draw(60, () => next() + (next() < 0.5 ? 0 : 10)),
  two: Float64Array.of(1, 2),
}

/** The least distance that thousands of members of the family come to. */
function naive(sample: Float64Array, name: keyof typeof shapes): number {
  const [low, high] = [sample[0] as number, sample.at(-1) as number]
  const range = high - low
  let best = { distance: 1, place: low, width: range }
  for (let round = 0, reach = 1; round < 7; round++, reach /= 2.5) {
    const { place, width } = best
    for (let i = -8; i <= 8; i++)
      for (let j = -8; j <= 8; j++) {
        const tried = {
          place: (round === 0 ? low + range / 2 : place) + (i / 8) * range * reach,
          width: (round === 0 ? range / 2 : width) * Math.exp((j / 8) * 3 * reach),
        }
        const { distance } = distanceFrom(sample, shapes[name], tried.place, tried.width)
        if (distance < best.distance) best = { distance, ...tried }
      }
  }
  return best.distance
}

test.each(Object.keys(samples))('no member of a family is nearer than the nearest one: %s', (name) => {
  const sample = samples[name] as Float64Array
  for (const family of ['normal', 'uniform'] as const) {
    const found = nearestShape(sample, shapes[family])
    const tried = naive(sample, family)
    expect(found.distance, family).toBeLessThanOrEqual(tried + 1e-6)
    expect(found.distance, family).toBeGreaterThan(tried - 0.02)
    if (found.width > 0) {
      const { distance } = distanceFrom(sample, shapes[family], found.place, found.width)
      expect(Math.abs(distance - found.distance), family).toBeLessThan(1e-4)
    }
  }
})

test('one value is half of the rows away from every shape with a width', () => {
  for (const shape of Object.values(shapes)) {
    expect(nearestShape(Float64Array.of(3, 3, 3), shape)).toMatchObject({ width: 0, place: 3 })
    expect(nearestShape(Float64Array.of(3, 3, 3), shape).distance).toBeCloseTo(0.5, 6)
  }
})

test('of many values some are looked at, and the distance is off by no more than is said', () => {
  const sample = draw(20_000, () => -Math.log(next()))
  const { distance, error, place, width } = nearestShape(sample, shapes.normal)
  expect(error).toBe(1 / 4096)
  const exact = distanceFrom(sample, shapes.normal, place, width).distance
  expect(exact).toBeGreaterThanOrEqual(distance - 1e-6)
  expect(exact).toBeLessThanOrEqual(distance + error + 1e-6)
})

test('the distance from one distribution is that of SciPy', () => {
  // scipy.stats.kstest([0.1, 0.4, 0.7, 0.7, 1.3], 'norm', args=(0.5, 0.5)).statistic
  const { distance } = distanceFrom(Float64Array.of(0.1, 0.4, 0.7, 0.7, 1.3), shapes.normal, 0.5, 0.5)
  expect(distance).toBeCloseTo(0.25542174161032405, 12)
})
