import { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { noDriftFrom } from '../src/drift/noDriftFrom.ts'
import type { DriftProfile } from '../src/drift/frozen/driftProfile.ts'
import type { DriftOptions } from '../src/drift/options.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

/** The data, or one column of it, still has the distribution of a reference. */
const toHaveNoDriftFrom: MatcherDefinition<
  [reference: Dataset | DatasetColumn | DriftProfile | string, options?: DriftOptions],
  Dataset | DatasetColumn
> = {
  refusesNot:
    'its name says no already and too few rows prove neither; expect the drift you know with severity: "warn"',
  check(received, [reference, options]) {
    if (isDataset(received) || isDatasetColumn(received)) return noDriftFrom(received, reference, options)
    throw wrongReceived(
      'toHaveNoDriftFrom',
      received,
      'a dataset or a column',
      'expect(dataset("now.csv")).toHaveNoDriftFrom(dataset("then.csv"))',
    )
  },
}
export default toHaveNoDriftFrom
