import { expect, test } from 'vitest'
import { keyPlaces } from '../../src/models/keyPlaces.ts'
import { seeded } from '../../src/stats/random.ts'

test('keys are found as a map finds them, however many and of whatever kind, also after all were forgotten', () => {
  const random = seeded(8)
  const shared = [{}, [], () => 1, new Uint8Array(3), Symbol('x')]
  const kinds: readonly ((n: number) => unknown)[] = [
    (n) => n,
    (n) => n / 7,
    (n) => -n,
    (n) => `text ${n}`,
    (n) => BigInt(n),
    (n) => n % 2 === 0,
    (n) => shared[n % shared.length],
    () => Number.NaN,
    () => undefined,
    () => null,
    () => -0,
  ]
  const keys: unknown[] = []
  const places = keyPlaces((place) => keys[place])
  const map = new Map<unknown, number>()
  for (let i = 0; i < 20_000; i++) {
    if (i === 15_000) {
      expect(map.size).toBeGreaterThan(5000)
      places.clear()
      map.clear()
      keys.length = 0
    }
    const key = (kinds[Math.floor(random() * kinds.length)] as (n: number) => unknown)(Math.floor(random() * 5000))
    expect(places.find(key)).toBe(map.get(key) ?? -1)
    expect(places.findOrAdd(key, keys.length)).toBe(map.get(key) ?? -1)
    if (map.has(key)) continue
    map.set(key, keys.length)
    keys.push(key)
  }
  expect(map.size).toBeGreaterThan(2000)
})
