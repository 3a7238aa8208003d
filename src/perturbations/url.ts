import { onText, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds an address of a page at the end. An empty text is nothing to change. */
export function url(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('url', options)
  return onText({
    name: 'with an address',
    seed,
    change: (text, draw) =>
      text.trim() === ''
        ? undefined
        : `${text} https://example.com/${Array.from({ length: 6 }, () => draw.pick(Array.from('abcdefghjkmnpqrstuvwxyz'))).join('')}`,
  })
}
