import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { mft } from '../../behavior/mft.ts'
import { AssayError } from '../../errors.ts'
import { baselineText } from '../../models/baselineFile.ts'
import { countText } from '../../words/text/numbers.ts'
import { command, exit } from '../command.ts'
import { list } from '../list.ts'
import { declareModel, type ModelChoice, modelOf } from '../model.ts'

interface Options extends ModelChoice {
  readonly out: string
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
    parser
      .argument('<cases>', 'a CSV or TSV file with the columns input and expected')
      .requiredOption('-o, --out <file>', 'where the predictions are written, as JSON lines')
      .option('--ignore <columns>', 'columns of either file that belong to no case', list)
  },
  async run([file], options, context) {
    const cases = mft(file, { ignore: options.ignore ?? [] })
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
    await mkdir(path.dirname(path.resolve(options.out)), { recursive: true })
    await writeFile(options.out, text)
    context.print(`${tested.name}: ${countText(text.trimEnd().split('\n').length - 1, 'prediction')} in ${options.out}`)
    if (context.json) context.write(`${text.split('\n', 1)[0]}\n`)
    return exit.holds
  },
})
