import type { Answer } from './answer.ts'
import type { PredictOptions } from './modelOptions.ts'

/** What is asked, and what is known of its cost. */
export interface Costly {
  readonly name: string
  /** Whether its answers cost what nobody said, so that no budget of cost can hold it. */
  readonly unpriced?: true
  predict(inputs: readonly unknown[], options?: PredictOptions): Promise<readonly Answer[]>
}
