import { textOf } from '../errors.ts'
import { onText, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.truncated` can be told. */
export interface TruncationOptions {
  /**
   * The share of the words that is kept, from the beginning; default 0.8.
   * @example { keep: 0.5 }
   */
  readonly keep?: number
}

/** Cuts the text off after a share of its words, at least one. */
export function truncated(options: TruncationOptions = {}): Perturbation {
  const { keep = 0.8 } = seedOptions('truncated', options as object as { keep?: number; seed?: number }, ['keep'])
  if (!(typeof keep === 'number' && keep > 0 && keep < 1))
    throw wrong('truncated', `got keep: ${textOf(keep)}`, 'keep is a share between 0 and 1')
  return onText({
    name: `truncated to ${keep}`,
    change(text) {
      const words = [...text.matchAll(/\S+/g)]
      const last = words[Math.max(1, Math.floor(words.length * keep)) - 1]
      return last === undefined ? undefined : text.slice(0, last.index + last[0].length)
    },
  })
}
