import { onText, type SeedOptions, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Adds the handle of a user in front. An empty text is nothing to change. */
export function handle(options: SeedOptions = {}): Perturbation {
  const { seed } = seedOptions('handle', options)
  return onText({
    name: 'with a handle',
    seed,
    change: (text, draw) => (text.trim() === '' ? undefined : `@user${Math.floor(draw.next() * 9000) + 1000} ${text}`),
  })
}
