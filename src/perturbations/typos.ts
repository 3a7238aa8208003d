import { type AmountOptions, type Draw, onText, seedOptions, shuffled } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/**
 * Swaps two neighbouring characters, `n` times, each at another place. Only letters and digits that differ are
 * swapped, so every swap is seen; a text without such a pair stays as it is.
 */
export function typos(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed = 1 } = seedOptions('typos', options, ['n'])
  return onText({ name: `typos (${n})`, seed, change: (text, draw) => swapped(text, n, draw) })
}

const wordly = /[\p{L}\p{N}]/u

function swapped(input: string, n: number, draw: Draw): string {
  const characters = Array.from(input)
  const able: number[] = []
  for (let i = 0; i + 1 < characters.length; i++) {
    const [one, next] = [characters[i] as string, characters[i + 1] as string]
    if (one !== next && wordly.test(one) && wordly.test(next)) able.push(i)
  }
  const taken = new Set<number>()
  let swaps = 0
  for (const place of shuffled(able.length, draw)) {
    if (swaps === n) break
    const i = able[place] as number
    if (taken.has(i) || taken.has(i + 1)) continue
    const first = characters[i] as string
    characters[i] = characters[i + 1] as string
    characters[i + 1] = first
    taken.add(i).add(i + 1)
    swaps++
  }
  return characters.join('')
}
