import type { Costly } from './costly.ts'
import type { PredictOptions } from './modelOptions.ts'

/** The same model, held to the budget of the run, where there is one. */
export function budgeted<M extends Costly>(made: M): M {
  const { predict } = made
  return Object.assign(made, {
    async predict(inputs: readonly unknown[], options: PredictOptions = {}) {
      const { ASSAY_BUDGET_CALLS, ASSAY_BUDGET_COST } = process.env
      if (ASSAY_BUDGET_CALLS === undefined && ASSAY_BUDGET_COST === undefined) return predict(inputs, options)
      const { spend } = await import('./runBudget.ts')
      return spend(made, predict, inputs, options)
    },
  })
}
