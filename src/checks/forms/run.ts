import type { Dataset } from '../../dataset/dataset.ts'
import type { Judgement, RunCheck, RunContext } from '../check.ts'
import type { KindCall, Definition } from '../asked.ts'
import { type CheckKind, defineKind, infoOf, type Words } from '../definition.ts'
import type { Arguments, Parameters } from '../parameters/parameter.ts'

/** A kind of check that judges a dataset by itself, with whatever it takes. */
export interface RunDefinition<P extends Parameters, O> extends Definition<P, O> {
  words(call: KindCall<P, O>): Omit<Words, 'columns'> & { readonly columns?: readonly string[] }
  /** The dataset it looks at; default: the one that was asked. */
  input?(dataset: Dataset): Dataset
  run(call: KindCall<P, O>, context: RunContext): Promise<Judgement>
}

/** Defines a kind of check that runs by itself. */
export function runCheck<O extends object, const P extends Parameters = readonly []>(
  definition: RunDefinition<P, O>,
): CheckKind<Dataset, [...Arguments<P>, options?: O]> {
  return defineKind<Dataset, P, O>(definition, { form: 'run', receiver: 'dataset' }, (received): RunCheck => {
    const dataset = definition.input?.(received.dataset) ?? received.dataset
    const call = { ...received, dataset }
    return {
      ...infoOf(call, { columns: [], ...definition.words(call) }),
      type: 'run',
      inputs: [dataset],
      run: (context) => definition.run(call, context),
    }
  })
}
