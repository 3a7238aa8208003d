import { Option } from 'commander'
import { passMft } from '../../behavior/kinds/passMft.ts'
import { plannedCalls } from '../../behavior/plannedCalls.ts'
import type { RepeatsBy } from '../../behavior/repeats.ts'
import type { TrialOptions } from '../../behavior/trialOptions.ts'
import { AssayError } from '../../errors.ts'
import { type CaseOptions, declareCases, readCases } from '../caseOptions.ts'
import { command } from '../command.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'
import { number, share } from '../list.ts'
import { declareModel, type ModelChoice, modelOf } from '../model.ts'
import { countText } from '../../words/text/numbers.ts'

interface Options extends Omit<TrialOptions, 'passRate' | 'repeats'>, JudgingOptions, ModelChoice, CaseOptions {
  readonly passRate: number
  readonly repeats?: number
  readonly repeatsBy?: RepeatsBy
}

/** `assay mft <cases>` */
export default command<[cases: string], Options>({
  examples: [
    ['assay mft cases.csv --predictions predictions.jsonl', 'predictions made elsewhere'],
    ['assay mft cases.csv --exec "python3 predict.py" --pass-rate 95%', 'a process: JSON lines in, JSON lines out'],
    ['assay mft cases.csv --model ./classify.js#predict', 'a function of a module'],
  ],
  declare(parser) {
    declareModel(parser)
    declareCases(parser)
      .addOption(new Option('--pass-rate <share>', 'least share of cases that pass').argParser(share).default(1, 'all'))
      .addOption(new Option('--confidence <share>', 'turns the pass rate into a guarantee').argParser(share))
      .addOption(new Option('--budget <calls>', 'calls at most: asks until the verdict is sure').argParser(number))
      .addOption(
        new Option('--indifference <share>', 'how far below the pass rate either verdict will do').argParser(share),
      )
      .addOption(new Option('--repeats <times>', 'how often each case is asked').argParser(number))
      .addOption(
        new Option('--repeats-by <way>', 'what of them must pass (default: all)').choices([
          'all',
          'most',
          'any',
          'mean',
        ]),
      )
      .addOption(new Option('--on-inconclusive <then>', 'what too few cases are').choices(['warn', 'fail', 'pass']))
      .addOption(new Option('--severity <level>', 'what too low a rate is').choices(['error', 'warn']))
    declareJudging(parser)
  },
  async run([file], options, context) {
    const cases = await readCases(file, options)
    let done = 0
    const tested = await modelOf(
      options,
      (total) => (done = total),
      (inputs) => (done += inputs),
    )
    const { passRate, confidence, budget, indifference, repeats, repeatsBy, onInconclusive, severity } = options
    if (repeatsBy !== undefined && repeats === undefined)
      throw new AssayError('wrong-argument', `--repeats-by ${repeatsBy} got no repeats`, {
        hint: 'say how often each case is asked: --repeats 5',
      })
    const check = passMft(tested, cases, {
      passRate: { min: passRate },
      ...(confidence === undefined ? {} : { confidence }),
      ...(budget === undefined ? {} : { budget }),
      ...(indifference === undefined ? {} : { indifference }),
      ...(repeats === undefined ? {} : { repeats: { times: repeats, by: repeatsBy ?? 'all' } }),
      ...(onInconclusive === undefined ? {} : { onInconclusive }),
      ...(severity === undefined ? {} : { severity }),
    })
    if (budget !== undefined) context.note(`asks the model at most ${countText(plannedCalls(check) ?? budget, 'time')}`)
    const progress = () => ({
      done,
      total: Math.min(budget ?? Infinity, cases.length * (repeats ?? 1)),
      amount: (value: number) => countText(Math.round(value), 'case'),
    })
    return judge({ checks: [check], datasets: [], progress }, options, context)
  },
})
