import type { Dataset } from '../dataset/dataset.ts'
import { fingerprintOf, relationOf } from '../dataset/opened.ts'
import type { QueryOptions } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { ownOptions } from '../options.ts'
import type { DatasetSummary } from '../results/runDocument.ts'
import { checkFilteredCells } from '../checks/filteredCells.ts'
import { heldWhole } from './heldWhole.ts'
import { describedColumns } from './describedColumns.ts'
import { checkedDataset, checkSignal, valueText } from '../checks/receiver.ts'

/** What `profile` can be told. */
export interface ProfileOptions extends QueryOptions {
  /**
   * How many frequent values to tell of each column; default 8.
   * @example { top: 20 }
   */
  readonly top?: number
  /**
   * Up to how many different values of a column everything is counted exactly; default 100,000. Beyond it distinct
   * counts and quantiles are estimates, and the column says so, where the engine has estimates.
   * @example { exactUpTo: 1_000_000 }
   */
  readonly exactUpTo?: number
}

const known = ['signal', 'top', 'exactUpTo']
const TOP = 8
const EXACT = 100_000

/**
 * What is in a dataset. Of each column: its type (in a text file the one that every cell has), missing and distinct
 * values, the exact extent, mean, quantiles and histogram of numbers and times, lengths and shapes of text, the most
 * frequent values; of the table: which columns could be a key. Of columns tagged `pii` only counts leave the dataset.
 * What cannot be computed (a mean over NaN) is left out. A text file is read once, and held in the engine meanwhile.
 */
export async function profile(dataset: Dataset, options?: ProfileOptions): Promise<DatasetSummary> {
  checkedDataset(dataset, 'profile')
  const { top = TOP, exactUpTo = EXACT, ...query } = checked(options)
  await checkFilteredCells(dataset, query)
  const [opened, fingerprint] = await Promise.all([relationOf(dataset), fingerprintOf(dataset)])
  const about = await heldWhole(dataset, opened, query, (relation) =>
    describedColumns(relation, { secret: dataset.pii, top, exactUpTo, ...query }),
  )
  return {
    name: dataset.name,
    source: dataset.identity.source,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...about,
  }
}

function checked(profileOptions: ProfileOptions | undefined): ProfileOptions {
  const options = ownOptions('profile', profileOptions, known)
  checkSignal(options.signal, 'profile')
  for (const [name, value] of Object.entries(options)) {
    if (name !== 'signal' && value !== undefined && !(Number.isInteger(value) && (value as number) > 0))
      throw new AssayError('wrong-argument', `profile got ${name}: ${valueText(value)}`, {
        hint: 'a whole number from 1',
      })
  }
  return options
}
