import { rm } from 'node:fs/promises'
import type { Reporter, Vitest } from 'vitest/node'
import { budgetOfRun, checkedBudget, readSpent, type RunBudget } from '../models/runBudget.ts'
import { countText, numberText } from '../words/text/numbers.ts'

/** The budget of a run: the environment has the last word. Throws an AssayError for one that is none. */
export function runBudgetOf(option: unknown): RunBudget | undefined {
  const own = option === undefined ? undefined : checkedBudget(option as object, 'assay({ budget })')
  const said = budgetOfRun()
  return own || said ? { ...own, ...said } : undefined
}

/** How the workers hear of it, and of the file in which they keep what was spent. */
export function budgetEnvironment({ calls, cost }: RunBudget, file: string): Record<string, string> {
  return {
    ...(calls === undefined ? {} : { ASSAY_BUDGET_CALLS: String(calls) }),
    ...(cost === undefined ? {} : { ASSAY_BUDGET_COST: String(cost) }),
    ...(file === '' ? {} : { ASSAY_BUDGET_FILE: file }),
  }
}

/** Gives each run the whole budget, tells it before anything is asked, and what was spent of it at the end. */
export function budgetKeeper(vitest: Vitest, { calls, cost }: RunBudget, file: string): Reporter {
  const most = [
    ...(calls === undefined ? [] : [countText(calls, 'call')]),
    ...(cost === undefined ? [] : [`a cost of ${numberText(cost)}`]),
  ].join(' and ')
  const remove = () => rm(file, { force: true })
  return {
    onTestRunStart: async () => {
      if (file !== '') await remove()
      vitest.logger.log(`assay: models have a budget of ${most}`)
    },
    onTestRunEnd: async () => {
      if (file === '') return
      const spent = await readSpent(file)
      await remove()
      const of = (some: number, all: number | undefined): string =>
        `${numberText(Number(some.toPrecision(6)))}${all === undefined ? '' : ` of ${numberText(all)}`}`
      vitest.logger.log(
        `assay: models were asked ${of(spent.calls, calls)} ${spent.calls === 1 && calls === undefined ? 'time' : 'times'}${spent.cost > 0 || cost !== undefined ? `, at a cost of ${of(spent.cost, cost)}` : ''}`,
      )
    },
  }
}
