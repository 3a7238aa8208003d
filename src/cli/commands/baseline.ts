import { refusePersonal } from '../../behavior/refusePersonal.ts'
import { AssayError } from '../../errors.ts'
import { baselineIn, baselineText, checkBaselineFile, isBaseline } from '../../models/baselineFile.ts'
import { countText } from '../../words/text/numbers.ts'
import { visible } from '../../words/text/visible.ts'
import { type CaseOptions, declareCases, readCases } from '../caseOptions.ts'
import { command, exit } from '../command.ts'
import { refuseToOverwrite, writeOut } from '../files.ts'
import { declareModel, type ModelChoice, modelOf } from '../model.ts'

/** The lines of a baseline below its header. */
const linesOf = (text: string): readonly string[] => text.trimEnd().split(/\r?\n/).slice(1)

/** How many lines the text before did not have. */
function changedLines(before: string, text: string): number {
  const known = new Set(linesOf(before))
  return linesOf(text).filter((line) => !known.has(line)).length
}

interface Options extends ModelChoice, CaseOptions {
  readonly out: string
  readonly force?: boolean
}

/** `assay baseline <cases>` */
export default command<[cases: string], Options>({
  examples: [
    [
      'assay baseline cases.csv --exec "python3 predict.py" --name sentiment@1.3.0 -o baselines/sentiment-1.3.0.jsonl',
      'keeps what a release answers, for the next one to be compared with',
    ],
  ],
  declare(parser) {
    declareModel(parser)
    declareCases(parser)
      .requiredOption('-o, --out <file>', 'where the predictions are written, as JSON lines')
      .option('--force', 'write over predictions that were made elsewhere')
  },
  async run([file], options, context) {
    const cases = await readCases(file, options)
    const before = baselineIn(options.out)
    checkBaselineFile(options.out, before)
    if (before !== undefined && !isBaseline(before)) await refuseToOverwrite([options.out], options.force ?? false)
    refusePersonal(cases, `the baseline ${JSON.stringify(options.out)}`, 'leave the personal columns out of the cases')
    const tested = await modelOf(
      options,
      () => {},
      () => {},
    )
    const inputs = cases.map(({ input }) => input)
    const answers = await tested.predict(inputs, { signal: context.signal })
    const failed = answers.findIndex(({ error }) => error !== undefined)
    if (failed >= 0) {
      const count = answers.filter(({ error }) => error !== undefined).length
      throw new AssayError(
        'wrong-prediction',
        `${tested.name} has no answer to ${countText(count, 'case')} of ${cases.length}; the first: ${JSON.stringify(cases[failed]?.name)} ${answers[failed]?.error}`,
        { hint: 'a baseline has an answer to each case' },
      )
    }
    const text = baselineText(
      tested,
      inputs.map((input, i) => ({ input, answer: answers[i] ?? {} })),
    )
    const changed = before === undefined ? undefined : changedLines(before, text)
    await writeOut(options.out, text)
    context.print(
      `${visible(tested.name)}: ${countText(linesOf(text).length, 'prediction')} in ${visible(options.out)}${changed === undefined ? '' : `, ${changed} of them new or other than before`}`,
    )
    context.answer(JSON.parse(text.split('\n', 1)[0] as string))
    return exit.holds
  },
})
