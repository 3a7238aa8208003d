import { onText, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts another number of as many digits in place of each whole number of two or more digits. */
export function numbers(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('numbers', options)
  return onText({
    name: 'other numbers',
    capability: 'named entities',
    seed,
    change: (text, { next }) =>
      text.replace(/(?<![\p{L}\p{N}.,_-])[1-9]\d{1,14}(?![\p{L}\p{N}_-]|[.,]\d)/gu, (digits) => {
        const low = 10 ** (digits.length - 1)
        const other = low + Math.floor(next() * (9 * low - 1))
        return String(other >= Number(digits) ? other + 1 : other)
      }),
  })
}
