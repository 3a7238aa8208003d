import type { DatasetColumn } from '../../dataset/dataset.ts'
import { AssayError } from '../../errors.ts'
import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { exactText } from '../../words/text/numbers.ts'
import { measured } from '../check.ts'
import { defineKind, infoOf } from '../definition.ts'
import type { DistributionQuestion } from '../distribution/asking.ts'
import { judgeDeviation } from '../distribution/judgeDeviation.ts'
import { askedQuantiles } from '../distribution/quantiles.ts'
import { askedShape } from '../distribution/shape.ts'
import { askedShares } from '../distribution/shares.ts'
import { type AskedDistribution, distribution as parameter } from '../parameters/distribution.ts'
import { allowEmpty, choice, type RowCheckOptions, segmentBy, severity } from '../parameters/options.ts'
import { type Option, options } from '../parameters/parameter.ts'
import { valueText } from '../receiver.ts'
import type { OnInconclusive } from '../undecided.ts'

/** What `distribution` can be told. */
export interface DistributionOptions extends Pick<RowCheckOptions, 'severity' | 'allowEmpty' | 'segmentBy'> {
  /**
   * How far any share may be from what is said, as a share: 0.05 is five points, the default.
   * @example { within: 0.02 }
   */
  readonly within?: number
  /**
   * How sure a verdict is: a pass and a fail are each wrong in at most 1 - confidence of samples; default 0.95.
   * @example { confidence: 0.99 }
   */
  readonly confidence?: number
  /**
   * Whether too little evidence fails the test, is only reported (default), or counts as passed.
   * @example { onInconclusive: 'fail' }
   */
  readonly onInconclusive?: OnInconclusive
}

/** An option that is a share between 0 and 1. */
function share<N extends string>(name: N, doc: string, absent: number, example: string): Option<N, number> {
  return {
    name,
    role: 'limit',
    doc,
    absent,
    type: 'number',
    example,
    parse(value, { asker }) {
      if (typeof value === 'number' && value > 0 && value < 1) return value
      throw new AssayError('wrong-argument', `${asker} got ${name}: ${valueText(value)}`, {
        hint: `${name} is a share between 0 and 1, e.g. ${example}`,
      })
    },
    toJSON: (value) => value,
  }
}

const within = share('within', 'how far any share may be from what is said: 0.05 is five points', 0.05, '0.02')
const confidence = share(
  'confidence',
  'how sure a verdict is: a pass and a fail are each wrong in at most `1 - confidence` of samples',
  0.95,
  '0.99',
)
const onInconclusive = choice('onInconclusive', ['warn', 'fail', 'pass'], {
  doc: 'what becomes of too little evidence',
  absent: 'warn',
  example: 'fail',
})

/** How what is said is asked of a column. */
function howAsked(asked: AskedDistribution, column: string): DistributionQuestion {
  if (asked.kind === 'shape') return askedShape(asked, column)
  return asked.kind === 'quantiles' ? askedQuantiles(asked, column) : askedShares(asked, column)
}

/**
 * The values of the column are distributed as it is said: each value has its share, the numbers have a shape, or their
 * quantiles. The rows are taken as a sample of what is judged: `pass` when the share that is furthest from what is said
 * is surely no further than `within`, `fail` when it surely is, else `inconclusive`. Missing values are left out; without
 * any value there is nothing to judge. For shapes and quantiles text is read as numbers, a cell that is none makes the
 * check fail, and NaN and infinities are an error, as is a column that holds no numbers.
 */
export const distribution = defineKind<DatasetColumn, readonly [typeof parameter], DistributionOptions>(
  {
    kind: 'distribution',
    family: 'statistic',
    says: 'The values have the shares that are said, the shape of a normal or uniform distribution, or the quantiles.',
    example: "await expect(answers.column('agreed')).toHaveDistribution({ yes: 0.5 }, { within: 0.05 })",
    parameters: [parameter],
    options: options(within, confidence, onInconclusive, severity, allowEmpty, segmentBy),
  },
  { form: 'aggregate', receiver: 'column' },
  (call) => {
    const { dataset, column: name = '', values, options } = call
    const asking: DistributionQuestion = howAsked(values.distribution, name)
    if (options.within >= asking.most)
      throw new AssayError(
        'wrong-argument',
        `distribution got within: ${options.within}, which no ${asking.unit} can be beyond`,
        { hint: `give less than ${exactText(asking.most)}, e.g. 0.05` },
      )
    return measured({
      ...infoOf(call, {
        columns: [name],
        title: asking.title,
        expected: `${asking.unit} at most ${exactText(options.within)}`,
        limit: { max: options.within },
        discreet: [{ columns: [name], title: asking.discreetTitle }],
      }),
      inputs: [dataset],
      ...asking.reading,
      metrics: (context) => ({ ...asking.metrics(context), rows: rowCount(), missing: missingCount(name) }),
      judge(values) {
        const tested = values.rows - values.missing
        if (tested === 0)
          return {
            status: 'vacuous',
            measured: 'nothing to judge',
            counts: { rows: values.rows, missing: values.missing, tested, failed: 0 },
          }
        return judgeDeviation(
          asking.deviation(values, tested),
          { ...asking, column: name },
          { tested, missing: values.missing, ...options },
        )
      },
    })
  },
)
