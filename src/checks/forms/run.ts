import type { Dataset } from '../../dataset/dataset.ts'
import type { Judgement, RunCheck, RunContext } from '../check.ts'
import type { Asked, Definition } from '../asked.ts'
import { type CheckKind, defineKind, infoOf, type Words } from '../definition.ts'
import type { Arguments, Parameters } from '../parameters/parameter.ts'

/** A kind of check that judges a dataset by itself, with whatever it takes. */
export interface RunDefinition<P extends Parameters, O> extends Definition<P, O> {
  words(asked: Asked<P, O>): Omit<Words, 'columns'> & { readonly columns?: readonly string[] }
  /** The dataset it looks at; default: the one that was asked. */
  input?(dataset: Dataset): Dataset
  run(asked: Asked<P, O>, context: RunContext): Promise<Judgement>
}

/** Defines a kind of check that runs by itself. */
export function runCheck<O extends object, const P extends Parameters = readonly []>(
  definition: RunDefinition<P, O>,
): CheckKind<Dataset, [...Arguments<P>, options?: O]> {
  return defineKind<Dataset, P, O>(definition, { form: 'run', receiver: 'dataset' }, (given): RunCheck => {
    const dataset = definition.input?.(given.dataset) ?? given.dataset
    const asked = { ...given, dataset }
    return {
      ...infoOf(asked, { columns: [], ...definition.words(asked) }),
      type: 'run',
      inputs: [dataset],
      run: (context) => definition.run(asked, context),
    }
  })
}
