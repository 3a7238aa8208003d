import { settingOf } from './byColumn.ts'
import type { DriftOptions } from './options.ts'

/** The share of a year's level that a run may spend, and why. */
export interface LevelSpending {
  readonly share: number
  readonly words: string
}

/** Options with the share of the level that a run may spend, where it is spread over runs. */
export type AlphaSpending = DriftOptions & { readonly spending?: LevelSpending }

/** How often each verdict on a column may be wrong. */
export function levelsOf(
  { confidence, alpha, spending }: AlphaSpending,
  column: string,
): { readonly confidence: number; readonly pass: number; readonly fail: number } {
  const sure = settingOf(confidence, column) ?? 0.95
  const level = Math.round((1 - sure) * 1e12) / 1e12
  return { confidence: sure, pass: level, fail: (alpha ?? level) * (spending?.share ?? 1) }
}
