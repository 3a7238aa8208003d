import { AssayError, textOf } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { seeded } from '../stats/random.ts'
import type { Perturbation } from './perturbation.ts'

export interface TyposOptions {
  /**
   * Swaps per text; default 1.
   * @example { n: 2 }
   */
  readonly n?: number
  /**
   * Which swaps are drawn; the same seed draws the same.
   * @example { seed: 7 }
   */
  readonly seed?: number
}

/**
 * Swaps two neighbouring characters, `n` times, each at another place. Only letters and digits that differ are
 * swapped, so every swap is seen; a text without such a pair stays as it is.
 */
export function typos(options: TyposOptions = {}): Perturbation {
  const { n = 1, seed = 1 } = ownOptions('perturb.typos', options, ['n', 'seed'])
  if (!Number.isInteger(n) || n < 1)
    throw new AssayError('wrong-argument', `perturb.typos got n: ${textOf(n)}`, {
      hint: 'n is how many pairs are swapped: 1 or more',
    })
  if (!Number.isFinite(seed))
    throw new AssayError('wrong-argument', `perturb.typos got seed: ${textOf(seed)}`, { hint: 'a seed is a number' })
  return {
    name: `typos (${n})`,
    seed,
    apply: (input) => (typeof input === 'string' ? swapped(input, n, seed) : undefined),
  }
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
