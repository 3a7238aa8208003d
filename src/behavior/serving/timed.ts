import type { RunContext } from '../../checks/check.ts'
import type { Model } from '../../models/model.ts'
import type { GivenInputs, Input } from '../inputs.ts'
import { run } from '../run/run.ts'
import { Spending } from './spending.ts'
import { timedCalls } from './timedCalls.ts'

/** How calls went, times in milliseconds. */
export interface Timed {
  /** Of the calls after the first that were answered. */
  readonly times: readonly number[]
  /** Of the first that was answered. */
  readonly first: number | undefined
  readonly answered: number
  readonly errors: number
  /** Answers a second, the first call apart; undefined where there was no other. */
  readonly perSecond: number | undefined
  /** Calls after the first. */
  readonly others: number
  /** What all answers used, that of the first call, too. */
  readonly spent: Spending
}

/** Asks about all inputs, and times each call. */
export async function timed(
  model: Model,
  inputs: GivenInputs,
  concurrency: number | undefined,
  context: RunContext,
): Promise<Timed> {
  const calls = timedCalls(model, concurrency)
  const times: number[] = []
  let first: number | undefined
  const spent = new Spending()
  const { total } = await run<Input>(inputs.read(context), {
    model: calls.model,
    signal: context.signal,
    personal: inputs.isPersonal(),
    timed: true,
    ask: ({ input }) => (input === null ? undefined : [input]),
    judge: (_, [answer]) => {
      const { latency } = answer ?? {}
      if (latency === undefined) return 'the model tells no latency'
      if (first === undefined) first = latency
      else times.push(latency)
      spent.add(answer?.usage)
      return true
    },
    seen(_, outcome, [answer]) {
      // A call without an answer may have cost something, too.
      if (outcome !== true && answer?.usage) spent.add(answer.usage)
    },
    capability: () => 'latency',
    key: () => '',
    example: () => ({ input: '', expected: '', got: '' }),
  })
  const { errors, passed: answered } = total
  const others = errors + answered - 1
  const perSecond = others > 0 ? calls.answers() / Math.max(calls.seconds(), 1e-6) : undefined
  return { times, first, answered, errors, perSecond, others, spent }
}
