import { type AmountOptions, onText, seedOptions } from './define.ts'
import { seeded } from '../stats/random.ts'
import type { Perturbation } from './perturbation.ts'

/**
 * Swaps two neighbouring characters, `n` times, each at another place. Only letters and digits that differ are
 * swapped, so every swap is seen; a text without such a pair stays as it is.
 */
export function typos(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed = 1 } = seedOptions('typos', options, ['n'])
  return onText({ name: `typos (${n})`, seed, change: (text) => swapped(text, n, seed) })
}

const wordly = /[\p{L}\p{N}]/u

function swapped(input: string, n: number, seed: number): string {
  const characters = Array.from(input)
  const random = seeded(`${seed} ${input}`)
  const taken = new Set<number>()
  for (let k = 0; k < n; k++) {
    const places = characters.flatMap((character, i) => {
      const next = characters[i + 1]
      const free = !taken.has(i) && !taken.has(i + 1)
      return next !== undefined && free && character !== next && wordly.test(character) && wordly.test(next) ? [i] : []
    })
    if (places.length === 0) break
    const i = places[Math.floor(random() * places.length)] as number
    const [first, second] = [characters[i] as string, characters[i + 1] as string]
    characters[i] = second
    characters[i + 1] = first
    taken.add(i).add(i + 1)
  }
  return characters.join('')
}
