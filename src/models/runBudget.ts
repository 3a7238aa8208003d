import { readFile } from 'node:fs/promises'
import { AssayError, textOf, wrongArgument } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { withFileLock } from '../results/fileLock.ts'
import { writeWhole } from '../results/writeWhole.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import type { Answer } from './answer.ts'
import type { Costly } from './costly.ts'
import type { PredictOptions } from './modelOptions.ts'

/** What all tests of a run may spend on models, together. */
export interface RunBudget {
  /**
   * Inputs that models may be asked.
   * @example assay({ budget: { calls: 10_000 } })
   */
  readonly calls?: number
  /**
   * What their answers may cost, in the currency of whoever is asked.
   * @example assay({ budget: { cost: 5 } })
   */
  readonly cost?: number
}

/** What was spent so far, and promised to calls under way. */
export interface Spent {
  readonly calls: number
  readonly cost: number
}

const NOTHING: Spent = { calls: 0, cost: 0 }
/** What sums of costs are rounded by, in parts of the budget. */
const ROUNDED = 1e-10
/** Calls that are made before it is looked again what they cost. */
const AT_ONCE = 32

/** Throws an AssayError for a budget that is none; `where` says who gave it. */
export function checkedBudget(budget: { calls?: unknown; cost?: unknown }, where: string): RunBudget {
  const { calls, cost } = ownOptions(where, budget, ['calls', 'cost'])
  const wrong = wrongArgument(`${where} got`)
  if (calls === undefined && cost === undefined)
    throw wrong('a budget of nothing', 'e.g. { calls: 10_000 } or { cost: 5 }')
  if (calls !== undefined && !(Number.isInteger(calls) && (calls as number) >= 0))
    throw wrong(`calls: ${textOf(calls)}`, 'it is how many inputs models may be asked: a whole number')
  if (cost !== undefined && !(typeof cost === 'number' && cost >= 0 && cost < Infinity))
    throw wrong(`cost: ${textOf(cost)}`, 'it is what answers may cost, e.g. 5')
  return { ...(calls === undefined ? {} : { calls: calls as number }), ...(cost === undefined ? {} : { cost }) }
}

/** The budget that the environment says; the plugin hands its own to the workers so. */
export function budgetOfRun(env: NodeJS.ProcessEnv = process.env): RunBudget | undefined {
  const read = (name: string): unknown => {
    const text = env[name]
    if (text === undefined) return undefined
    return /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) : JSON.stringify(text)
  }
  const [calls, cost] = [read('ASSAY_BUDGET_CALLS'), read('ASSAY_BUDGET_COST')]
  if (calls === undefined && cost === undefined) return undefined
  return checkedBudget({ calls, cost }, 'ASSAY_BUDGET_CALLS or ASSAY_BUDGET_COST')
}

/** What was spent, as the workers of a run keep it; outside of one, this process. */
let own = NOTHING
let turns: Promise<unknown> = Promise.resolve()

/** Changes what was spent while nobody else does. */
function change<T>(work: (spent: Spent) => readonly [Spent, T]): Promise<T> {
  const turn = turns.then(async () => {
    const file = process.env.ASSAY_BUDGET_FILE
    if (file === undefined) {
      if (process.env.VITEST_WORKER_ID !== undefined)
        throw new AssayError('wrong-use', 'a budget of a run of vitest is kept by its plugin, which is not there', {
          hint: 'plugins: [assay()] in vitest.config.ts, and a folder for temporary files that can be written',
        })
      const [spent, value] = work(own)
      own = spent
      return value
    }
    return withFileLock(file, async () => {
      const [spent, value] = work(await readSpent(file))
      await writeWhole(file, JSON.stringify(spent))
      return value
    })
  })
  turns = turn.catch(() => {})
  return turn
}

/** What a run has spent, as its file says. */
export async function readSpent(file: string): Promise<Spent> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') return NOTHING
    throw cause
  }
  return JSON.parse(text) as Spent
}

/**
 * Asks as far as the budget of the run reaches: all inputs of a call or none; under a budget of cost one call first, which
 * tells what they cost, then so many at a time that what the dearest so far cost would do for each. Throws AssayError
 * `spent-budget` where it does not reach.
 */
export async function spend(
  model: Costly,
  predict: Costly['predict'],
  inputs: readonly unknown[],
  options: PredictOptions,
): Promise<readonly Answer[]> {
  const budget = budgetOfRun()
  if (!budget || inputs.length === 0) return predict(inputs, options)
  if (budget.cost !== undefined && model.unpriced)
    throw new AssayError('wrong-argument', `${model.name} tells no cost, and the run has a budget of cost`, {
      hint: 'say what its tokens cost: chat(url, { price: { input: 0.15, output: 0.6 } }), of a million',
    })
  await takeCalls(budget, inputs.length)
  if (budget.cost === undefined) return predict(inputs, options)
  const answers: Answer[] = []
  while (answers.length < inputs.length) {
    const left = inputs.length - answers.length
    const { count, promised } = await takeCost(budget, model, left).catch(async (error: unknown) => {
      await change((spent) => [{ ...spent, calls: spent.calls - left }, undefined])
      throw error
    })
    const goesOn = answers.length > 0
    const slice = await predict(inputs.slice(answers.length, answers.length + count), { ...options, goesOn })
    const cost = costOf(model, slice)
    await change((spent) => [{ ...spent, cost: spent.cost - promised + cost }, undefined])
    for (let i = 0; i < count; i++) answers.push(slice[i] ?? { error: 'has no answer' })
    const last = answers.at(-1)
    // What it was given up at is not asked again, a few at a time.
    if (last?.unasked) while (answers.length < inputs.length) answers.push(last)
  }
  return answers
}

const takeCalls = (budget: RunBudget, count: number): Promise<void> =>
  change((spent) => {
    if (budget.calls !== undefined && spent.calls + count > budget.calls)
      throw spentError(
        `${numberText(spent.calls)} of ${countText(budget.calls, 'call')} were made, and this takes ${numberText(count)}`,
      )
    return [{ ...spent, calls: spent.calls + count }, undefined]
  })

/** How many calls the budget reaches for, and what is kept for them until they tell what they cost. */
const takeCost = (budget: RunBudget, model: Costly, left: number): Promise<{ count: number; promised: number }> =>
  change((spent) => {
    const whole = budget.cost ?? Infinity
    const rounding = ROUNDED * whole
    const rest = whole - spent.cost
    const dearest = prices.get(model)
    if (dearest === 0) return [spent, { count: left, promised: 0 }]
    const count = dearest === undefined ? 1 : Math.min(left, AT_ONCE, Math.floor((rest + rounding) / dearest))
    if (rest <= rounding || count < 1)
      throw spentError(
        `${numberText(spent.cost)} of ${numberText(whole)} is gone${dearest === undefined ? '' : `, and a call costs up to ${numberText(dearest)}`}`,
      )
    const promised = count * (dearest ?? 0)
    return [
      { ...spent, cost: spent.cost + promised },
      { count, promised },
    ]
  })

/** What the dearest answer of a model cost; 0 where answers tell no cost. */
const prices = new WeakMap<Costly, number>()

/** What answers cost together. */
function costOf(model: Costly, answers: readonly Answer[]): number {
  let sum = 0
  let dearest = prices.get(model) ?? 0
  let isKnown = prices.has(model)
  for (const { error, usage } of answers) {
    const { cost = 0 } = usage ?? {}
    const own = typeof cost === 'number' && cost > 0 ? cost : 0
    sum += own
    dearest = Math.max(dearest, own)
    isKnown ||= error === undefined
  }
  // A call that failed does not tell what an answer costs.
  if (isKnown) prices.set(model, dearest)
  return sum
}

const spentError = (found: string): AssayError =>
  new AssayError('spent-budget', `the budget of the run does not reach: ${found}`, {
    hint: 'raise it, ask fewer cases (the option budget of the assertion), or keep answers: recorded(model, { folder })',
  })
