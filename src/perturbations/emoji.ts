import { onText, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds an emoji without a mood at the end. An empty text is nothing to change. */
export function emoji(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('emoji', options)
  return onText({
    name: 'with an emoji',
    seed,
    change: (text, draw) => (text.trim() === '' ? undefined : `${text} ${draw.pick(['📎', '🚲', '📦', '🪑', '🗓️'])}`),
  })
}
