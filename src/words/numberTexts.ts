import type { Limits, NumberBlock } from '../results/blocks/number.ts'
import { decimal, exactText, interval } from './text/numbers.ts'

/** The limit as one number: what must not be passed. */
export function limitOf({ max, lt, min, gt }: Limits = {}): number | undefined {
  return max ?? lt ?? min ?? gt
}

/** A number, its interval and its limit, in so many digits that they can be told apart. */
export function numberTexts({ value, interval: range, limit, p }: NumberBlock): {
  readonly effect: string
  readonly interval: string
  readonly limit?: string
} {
  const held = limitOf(limit)
  const certain = range === undefined && p !== undefined ? [1] : []
  const beside = [value, ...(range ?? []), ...(held === undefined ? [] : [held]), ...certain].filter(Number.isFinite)
  const short = (one: number) => decimal(one, { beside })
  return {
    effect: short(value),
    interval: interval(range, short),
    ...(held === undefined ? {} : { limit: exactText(held) }),
  }
}
