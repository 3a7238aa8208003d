import type { RunCheck } from '../../checks/check.ts'
import { textOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { ownOptions } from '../../options.ts'
import type { Severity } from '../../results/checkResult.ts'
import { exactShare, numberText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { givenInputs, type Inputs } from '../inputs.ts'
import { judgeServing } from '../serving/judgeServing.ts'
import { type CheckedLimits, checkedLimits, limitWords, type ServingLimits } from '../serving/servingLimits.ts'
import { timed } from '../serving/timed.ts'

/** What `respondsWithin` can be told. */
export interface ServingOptions {
  /**
   * The inputs: a column of texts, a dataset whose rows are records, or inputs as they are.
   * @example { on: reviews.column('text') }
   */
  readonly on: Inputs
  /**
   * The share of calls that may have no answer; default none.
   * @example { errorRate: 0.01 }
   */
  readonly errorRate?: number
  /**
   * Calls under way at a time; default: as many as the model says of itself.
   * @example { concurrency: 16 }
   */
  readonly concurrency?: number
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

/**
 * The model answers in time: so many milliseconds at most for half of the calls (`p50`), 95 of a hundred (`p95`), all
 * (`max`), and so many answers a second at least (`throughput`, with `concurrency` calls under way); and it uses no more
 * than it may: `cost` and `tokens` of a call on average, `maxCost` and `maxTokens` of any, as its answers tell. Each input is asked,
 * whatever was said before; the first call, which may load or connect, is made alone and told apart. A share is that of
 * the least call with as many below it (nearest rank): `p99` takes a hundred calls to say more than `max`. Calls without an
 * answer have no time and are no answers; where their share is above `errorRate` (default 0) the result fails. An error
 * where no call was answered, where so many calls were never under way, of a model that tells no times, and where an answer
 * does not tell what is limited.
 */
export function respondsWithin(model: Model, limits: ServingLimits, options: ServingOptions): RunCheck {
  checkModel(model, 'respondsWithin')
  const wrong = wrongArgument('respondsWithin')
  const held = checkedLimits(limits)
  const {
    on,
    errorRate = 0,
    concurrency,
    severity,
  } = ownOptions('respondsWithin', options, ['on', 'errorRate', 'concurrency', 'severity'])
  if (!(typeof errorRate === 'number' && errorRate >= 0 && errorRate < 1))
    throw wrong(`got errorRate: ${textOf(errorRate)}`, 'it is a share from 0, below 1')
  if (concurrency !== undefined && !(Number.isInteger(concurrency) && concurrency > 0))
    throw wrong(`got concurrency: ${textOf(concurrency)}`, 'it is how many calls are under way at a time, from 1')
  if (concurrency !== undefined && concurrency > 1 && model.concurrency === undefined)
    throw wrong(`got concurrency: ${concurrency}`, `${model.name} is asked one input after another`)
  const inputs = givenInputs(on, 'respondsWithin', 'on')
  const { dataset } = inputs
  const about = aboutModel(model, 'latency', {
    statement: { on: inputs.statement, ...(concurrency === undefined ? {} : { concurrency }) },
    limits: { on: inputs.limits, limits, errorRate, severity },
  })
  const atOnce = concurrency ?? model.concurrency ?? 1
  const many = atOnce > 1 && held.throughput !== undefined ? ` at ${numberText(atOnce)} a time` : ''
  return {
    type: 'run',
    kind: 'respondsWithin',
    family: 'behavior',
    ...about,
    title: titleOf(held),
    expected: `${limitWords(held)}${many}${errorRate > 0 ? `, at most ${exactShare(errorRate)} without an answer` : ''}`,
    ...(severity ? { severity } : {}),
    ...(dataset ? { inputs: [dataset] } : {}),
    personal: inputs.personal,
    run: async (context) => {
      const judged = judgeServing(held, errorRate, {
        atOnce,
        many,
        ...(await timed(model, inputs, concurrency, context)),
      })
      return { ...judged, lineage: { model: lineageOf(model) } }
    },
  }
}

function titleOf({ latency, throughput, spending }: CheckedLimits): string {
  const inTime = throughput === undefined ? 'responds in time' : 'responds in time, often enough'
  if (spending.length === 0) return inTime
  const within = 'costs no more than it may'
  return latency.length === 0 && throughput === undefined ? within : `${inTime}, and ${within}`
}
