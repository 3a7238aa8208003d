import type { NoWorseOptions } from '../src/behavior/comparison/comparison.ts'
import { noWorseThan } from '../src/behavior/kinds/noWorseThan.ts'
import { isModel, type Model } from '../src/models/model.ts'
import { baselineCheck, countBaseline, explainBaseline } from './baselineFile.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

/** The model is no worse than another one, or than the baseline in a file. */
const toBeNoWorseThan: MatcherDefinition<[other: Model | string, options: NoWorseOptions], Model> = {
  check(received, [other, options], context) {
    if (!isModel(received))
      throw wrongReceived('toBeNoWorseThan', received, 'a model', "expect(model('name@1', fn)).toBeNoWorseThan(…)")
    if (typeof other !== 'string') return noWorseThan(received, other, options)
    return baselineCheck(received, other, options?.on, context, (one) => noWorseThan(received, one, options))
  },
  settled: countBaseline,
  explain: explainBaseline,
}
export default toBeNoWorseThan
