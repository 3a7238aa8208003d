import { aboutDataset, type Check } from '../checks/check.ts'
import { keyExists } from '../checks/kinds/keyExists.ts'
import { type Dataset, dataset as open } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import type { Severity } from '../results/checkResult.ts'
import type { Reference } from './tableSchema.ts'

/** The check that a reference of a schema asks; an error in its place where the other dataset cannot be opened at all. */
export function referenceCheck(
  view: Dataset,
  { columns, file, to, key, missing }: Reference,
  options: { readonly severity: Severity },
): Check {
  try {
    const other = file === undefined ? view : open(file, { name: to, ...(missing ? { missing } : {}) })
    return keyExists(view, columns, other, key, options)
  } catch (error) {
    if (!(error instanceof AssayError)) throw error
    return {
      type: 'run',
      kind: 'keyExists',
      family: 'schema',
      ...aboutDataset(view, columns, { statement: { file, to, key }, limits: options }),
      title: `values of ${columns.join(', ')} in ${to} (${key.join(', ')})`,
      expected: `every combination is in ${to}`,
      inputs: [view],
      run: () => Promise.reject(error),
    }
  }
}
