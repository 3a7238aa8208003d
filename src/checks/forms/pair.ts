import type { Dataset } from '../../dataset/dataset.ts'
import { areTogether, onOneEngine } from '../../dataset/oneEngine.ts'
import { relationOf } from '../../dataset/opened.ts'
import { hiddenSlice } from '../../dataset/sliceWords.ts'
import type { Relation } from '../../engine/engine.ts'
import type { Metric } from '../../metrics/metric.ts'
import { countText } from '../../words/text/numbers.ts'
import type { KindCall, Definition } from '../asked.ts'
import type { Judgement, RunCheck, RunContext } from '../check.ts'
import { type CheckKind, defineKind, infoOf, type Words } from '../definition.ts'
import type { Arguments, Parameters } from '../parameters/parameter.ts'

/** The two datasets as they were opened. */
export interface Pair {
  readonly here: Relation
  readonly there: Relation
  readonly context: RunContext
}

/** A kind of check that compares a dataset with another; a parameter called `other` names that. */
export interface PairDefinition<P extends Parameters, O> extends Definition<P, O> {
  words(call: KindCall<P, O>, other: Dataset): Omit<Words, 'columns'> & { readonly columns?: readonly string[] }
  /** Whether one query looks at both, which are opened anew on one engine where they are on several. */
  readonly together?: boolean
  /** What it measures of the first, where segments of that are asked. */
  needs?(call: KindCall<P, O>, sides: Pick<Pair, 'here' | 'there'>): readonly Metric[]
  judge(call: KindCall<P, O>, pair: Pair): Promise<Judgement>
}

/**
 * Defines a kind of check about a dataset and another. What could not be read of either is told beside it; a failure that
 * records left out of the other may be the cause of shows nothing.
 */
export function pairCheck<const P extends Parameters, O extends object>(
  definition: PairDefinition<P, O>,
): CheckKind<Dataset, [...Arguments<P>, options?: O]> {
  return defineKind<Dataset, P, O>(definition, { form: 'pair', receiver: 'dataset' }, (call): RunCheck => {
    const { dataset, values } = call
    const { other } = values as unknown as { readonly other: Dataset }
    const info = infoOf(call, { columns: [], ...definition.words(call, other) })
    const { name, source } = other.identity
    return {
      ...info,
      type: 'run',
      subject: { ...info.subject, reference: labelOf(other), referenceOf: { name, source } },
      inputs: [dataset, other],
      async needs() {
        const sides = await opened(dataset, other)
        const isApart = definition.together && !areTogether(sides.here, sides.there)
        return isApart ? [] : (definition.needs?.(call, sides) ?? [])
      },
      async run(context) {
        const { here: own, there } = await opened(dataset, other)
        const judgeIn = (here: Relation, rest: Relation): Promise<Judgement> =>
          definition.judge(call, { here, there: rest, context })
        const judgement = definition.together
          ? await onOneEngine([dataset, other], [own, there], judgeIn)
          : await judgeIn(own, there)
        if (judgement.status !== 'fail') return judgement
        const lost = (await there.findings?.({ signal: context.signal }))?.rowsLost ?? 0
        if (lost === 0) return judgement
        const message = `${countText(lost, 'record')} of ${other.name} could not be read, and what is not found there may stand in ${lost === 1 ? 'it' : 'them'}`
        return { ...judgement, status: 'inconclusive', blocking: info.severity !== 'warn', message }
      },
    }
  })
}

type Sides = Pick<Pair, 'here' | 'there'>

async function opened(dataset: Dataset, other: Dataset): Promise<Sides> {
  const [here, there] = await Promise.all([relationOf(dataset), relationOf(other)])
  return { here, there }
}

function labelOf(dataset: Dataset): string {
  const slice = dataset.slice === undefined ? undefined : (hiddenSlice(dataset)?.words ?? dataset.slice)
  return slice === undefined ? dataset.name : `${dataset.name} where ${slice}`
}
