import { Option } from 'commander'
import { mft } from '../../behavior/mft.ts'
import { passMft } from '../../behavior/passMft.ts'
import type { PassRateOptions } from '../../behavior/passRate.ts'
import { command } from '../command.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'
import { list, share } from '../list.ts'
import { declareModel, type ModelChoice, modelOf } from '../model.ts'
import { countText } from '../../words/text/numbers.ts'

interface Options extends Omit<PassRateOptions, 'passRate'>, JudgingOptions, ModelChoice {
  readonly passRate: number
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
    parser
      .argument('<cases>', 'a CSV or TSV file with the columns input and expected')
      .option('--ignore <columns>', 'columns of either file that belong to no case', list)
      .addOption(new Option('--pass-rate <share>', 'least share of cases that pass').argParser(share).default(1, 'all'))
      .addOption(new Option('--confidence <share>', 'turns the pass rate into a guarantee').argParser(share))
      .addOption(new Option('--on-inconclusive <then>', 'what too few cases are').choices(['warn', 'fail', 'pass']))
      .addOption(new Option('--severity <level>', 'what too low a rate is').choices(['error', 'warn']))
    declareJudging(parser)
  },
  async run([file], options, context) {
    const ignore = options.ignore ?? []
    const cases = mft(file, { ignore })
    let done = 0
    const tested = await modelOf(
      options,
      (total) => (done = total),
      (inputs) => (done += inputs),
    )
    const { passRate, confidence, onInconclusive, severity } = options
    const check = passMft(tested, cases, {
      passRate: { min: passRate },
      ...(confidence === undefined ? {} : { confidence }),
      ...(onInconclusive === undefined ? {} : { onInconclusive }),
      ...(severity === undefined ? {} : { severity }),
    })
    const progress = () => ({
      done,
      total: cases.length,
      amount: (value: number) => countText(Math.round(value), 'case'),
    })
    return judge({ checks: [check], datasets: [], progress }, options, context)
  },
})
