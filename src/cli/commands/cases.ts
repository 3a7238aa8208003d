import path from 'node:path'
import { Argument } from 'commander'
import { exportedCases } from '../../behavior/exportedCases.ts'
import { noWorseThan } from '../../behavior/kinds/noWorseThan.ts'
import { passMft } from '../../behavior/kinds/passMft.ts'
import { scored } from '../../behavior/kinds/scored.ts'
import type { Check } from '../../checks/check.ts'
import { refusePersonal } from '../../behavior/refusePersonal.ts'
import { AssayError } from '../../errors.ts'
import { predictions } from '../../models/predictions.ts'
import { countText } from '../../words/text/numbers.ts'
import { visible } from '../../words/text/visible.ts'
import { type CaseOptions, declareCases, readCases } from '../caseOptions.ts'
import { command, exit, type ExitCode } from '../command.ts'
import type { Context } from '../context.ts'
import { holds, refuseToOverwrite, writeOut } from '../files.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'
import { limits, share } from '../list.ts'
import { shellWord } from '../shellWord.ts'

interface Options extends JudgingOptions, CaseOptions {
  readonly out?: string
  readonly force?: boolean
  readonly name?: string
  readonly passRate?: number
  readonly min?: Readonly<Record<string, number>>
  readonly max?: Readonly<Record<string, number>>
  readonly positive?: string
  readonly baseline?: string
  readonly margin?: number
  readonly confidence?: number
}

/** `assay cases <action> <cases> [predictions]` */
export default command<[action: 'export' | 'score', cases: string, predictions: string | undefined], Options>({
  examples: [
    ['assay cases export cases.csv -o inputs.jsonl', 'writes what a model is asked, for it to be predicted anywhere'],
    ['assay cases score cases.csv predictions.jsonl --pass-rate 95%', 'holds what was predicted to the cases'],
    ['assay cases score cases.csv predictions.jsonl --min accuracy=0.9,f1=0.8', 'holds scores to limits'],
    ['assay cases score cases.csv new.jsonl --baseline old.jsonl --margin 1%', 'holds a release to the one before'],
  ],
  declare(parser) {
    declareCases(parser.addArgument(new Argument('<action>', 'what to do').choices(['export', 'score'])))
      .argument('[predictions]', 'for score: JSON lines, JSON or CSV with the columns input and prediction')
      .option(
        '-o, --out <file>',
        'for export: where the inputs are written, by its ending .jsonl, .json, .csv, .tsv or .txt',
      )
      .option('--force', 'for export: write over a file that is there')
      .option('--name <name>', 'how the model is called, with its version')
      .option(
        '--pass-rate <share>',
        'least share of cases that pass (default: all, where nothing else is asked)',
        share,
      )
      .option('--min <limits>', 'least scores, e.g. accuracy=0.9,f1=0.8', limits)
      .option('--max <limits>', 'greatest scores, e.g. mae=2.5', limits)
      .option('--positive <label>', 'the label that is looked for, of two')
      .option('--baseline <file>', 'predictions of an earlier release, which these must be no worse than')
      .option('--margin <share>', 'how much worse is no worse', share)
      .option('--confidence <share>', 'how sure the comparison with the baseline is', share)
    declareJudging(parser)
  },
  async run([action, file, predicted], options, context) {
    checkOptions(action, options)
    return action === 'export' ? exported(file, predicted, options, context) : score(file, predicted, options, context)
  },
})

/** Options that one of the actions reads, or that go with others. */
const reads: Readonly<Record<'export' | 'score', readonly (keyof Options)[]>> = {
  export: ['out', 'force'],
  score: ['name', 'passRate', 'min', 'max', 'positive', 'baseline', 'margin', 'confidence', 'report', 'waivers'],
}

/** Throws an AssayError for an option that would change nothing. */
function checkOptions(action: 'export' | 'score', options: Options): void {
  const flag = (name: string): string => `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  const isThere = (name: keyof Options): boolean => options[name] !== undefined
  const other = action === 'export' ? 'score' : 'export'
  const foreign = reads[other].find(isThere)
  if (foreign) throw wrong(`cases ${action} does not read ${flag(foreign)}`, `it goes with cases ${other}`)
  const ofBaseline = (['margin', 'confidence'] as const).find(isThere)
  if (ofBaseline && !isThere('baseline'))
    throw wrong(`${flag(ofBaseline)} is about a baseline, and there is none`, 'name one: --baseline old.jsonl')
  if (isThere('positive') && !isThere('min') && !isThere('max'))
    throw wrong('--positive is about scores, and there is no limit of one', 'give one: --min f1=0.8')
}

const wrong = (found: string, hint: string): AssayError => new AssayError('wrong-argument', found, { hint })

async function exported(file: string, more: string | undefined, options: Options, context: Context): Promise<ExitCode> {
  const { out } = options
  if (more !== undefined) throw wrong('cases export takes one file', 'say where the inputs go: -o inputs.jsonl')
  if (out === undefined) throw wrong('cases export does not know where to write', 'say -o inputs.jsonl')
  if (path.resolve(out) === path.resolve(file))
    throw wrong('cases export would write over its cases', 'name another file')
  const cases = await readCases(file, options)
  refusePersonal(
    cases,
    `the file of inputs ${JSON.stringify(out)}`,
    'ask a model here, which tells nothing of them: assay mft --exec or --model',
  )
  const { text, inputs } = exportedCases(cases, path.extname(out))
  // What was written before is written again; all else may be somebody's predictions.
  if (!(await holds(out, text))) await refuseToOverwrite([out], options.force ?? false)
  await writeOut(out, text)
  context.answer({ out, inputs })
  context.print(`${countText(inputs, 'input')} in ${visible(out)}`)
  return exit.holds
}

async function score(
  file: string,
  predicted: string | undefined,
  options: Options,
  context: Context,
): Promise<ExitCode> {
  if (predicted === undefined)
    throw wrong('cases score needs predictions', `assay cases score ${shellWord(file)} predictions.jsonl`)
  const { name, ignore = [], passRate, min, max, positive, baseline, margin, confidence } = options
  const cases = await readCases(file, options)
  const named = name === undefined ? {} : { name }
  const model = predictions(predicted, { ...named, ignore })
  const checks: Check[] = []
  const ranged = min || max
  if (passRate !== undefined || (!ranged && baseline === undefined))
    checks.push(passMft(model, cases, { passRate: { min: passRate ?? 1 } }))
  if (ranged) {
    const bounds: Record<string, { min?: number; max?: number }> = {}
    for (const [score, limit] of Object.entries(min ?? {})) bounds[score] = { min: limit }
    for (const [score, limit] of Object.entries(max ?? {})) bounds[score] = { ...bounds[score], max: limit }
    checks.push(scored(model, bounds, cases, positive === undefined ? {} : { positive }))
  }
  if (baseline !== undefined)
    checks.push(
      noWorseThan(model, predictions(baseline, { ignore }), {
        on: cases,
        ...(margin === undefined ? {} : { margin }),
        ...(confidence === undefined ? {} : { confidence }),
      }),
    )
  return judge({ checks, datasets: [] }, options, context)
}
