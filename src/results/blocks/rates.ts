import { REDACTED } from '../../dataset/personal.ts'
import type { BlockDefinition } from './block.ts'

/** A pass rate with its interval: of a capability, a segment or a whole test. */
export interface PassRate {
  readonly name: string
  /** @count */
  readonly cases: number
  /** @count */
  readonly passed: number
  /** @count */
  readonly failed: number
  /** @count */
  readonly errors: number
  /** @count */
  readonly notApplicable: number
  /**
   * passed / (passed + failed + errors); NaN is never stored: absent when nothing was tested.
   * @maximum 1
   */
  readonly rate?: number
  readonly interval?: readonly [number, number]
  readonly limit?: number
}

/** Pass rates by name: of the capabilities of a behavioral test, of segments. */
export interface RatesBlock {
  readonly kind: 'rates'
  /** Of which type of behavioral test: minimum functionality, invariance, direction, regression; absent for others. */
  readonly test?: 'MFT' | 'INV' | 'DIR' | 'REG'
  readonly overall: PassRate
  readonly parts: readonly PassRate[]
  /** A key of all cases together: the same where the same cases were asked. */
  readonly table?: string
  readonly perturbation?: string
  /**
   * Inputs that the perturbation left as they were.
   * @count
   */
  readonly unchanged?: number
  readonly seed?: number
  /** Cases predicted per second, wall clock. */
  readonly casesPerSecond?: number
  /** The columns whose values the names are; default: what its result is about. */
  readonly of?: readonly string[] | 'any'
}

/** Pass rates, of the whole and of its parts. */
export const rates: BlockDefinition<RatesBlock> = {
  core: true,
  columns: ({ of }, about) => of ?? about,
  hide: (block) => ({ ...block, parts: block.parts.map((part) => ({ ...part, name: REDACTED })) }),
  cut: (block, cut) => ({ ...block, parts: block.parts.map((part) => ({ ...part, name: cut(part.name) })) }),
}
