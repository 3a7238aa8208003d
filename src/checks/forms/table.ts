import type { Dataset } from '../../dataset/dataset.ts'
import type { Metric } from '../../metrics/metric.ts'
import { type AskedChange, changeWords, judgedChange } from '../change.ts'
import { type Judgement, type JudgeContext, measured, type MetricValues } from '../check.ts'
import type { Definition } from '../asked.ts'
import { type CheckKind, defineKind, infoOf, type Words } from '../definition.ts'
import { type CountCheckOptions, countOptions, tableOptions } from '../parameters/options.ts'
import type { Arguments, Named, Parameters } from '../parameters/parameter.ts'

type Metrics = Readonly<Record<string, Metric>>

/** A kind of check about a dataset as a whole: its columns, its number of rows. */
export interface TableDefinition<P extends Parameters, M extends Metrics> extends Omit<Definition<P>, 'options'> {
  words(values: Named<P>): Omit<Words, 'columns'> & { readonly columns?: readonly string[] }
  /** The numbers it needs; default: none. */
  metrics?(values: Named<P>): M
  judge(values: Named<P>, context: JudgeContext, numbers: MetricValues<M>): Judgement
}

/** Defines a kind of check about a dataset as a whole. */
export function tableCheck<const P extends Parameters, M extends Metrics = Record<never, never>>(
  definition: TableDefinition<P, M>,
): CheckKind<Dataset, [...Arguments<P>, options?: CountCheckOptions]> {
  const form = { form: 'table', receiver: 'dataset' } as const
  return defineKind<Dataset, P, CountCheckOptions>(
    { ...definition, options: definition.metrics ? countOptions : tableOptions },
    form,
    (call) => {
      const { dataset, values } = call
      const followed = call.options as AskedChange
      const words = definition.words(values)
      return measured<M>({
        ...infoOf(call, { columns: [], ...words, expected: `${words.expected}${changeWords(followed)}` }),
        inputs: [dataset],
        metrics: () => definition.metrics?.(values) ?? ({} as M),
        judge: (numbers, context) => judgedChange(definition.judge(values, context, numbers), followed, context),
      })
    },
  )
}
