import type { Bounds } from '../src/checks/bounds.ts'
import type { RowCheckOptions } from '../src/checks/rowCheck.ts'
import { valuesBetween } from '../src/checks/valuesBetween.ts'
import { type MatcherDefinition, onColumn } from './define.ts'

/** Every number of the column lies within the limits. */
const toHaveValuesBetween: MatcherDefinition<[bounds: Bounds, options?: RowCheckOptions]> = onColumn(
  'toHaveValuesBetween',
  valuesBetween,
)
export default toHaveValuesBetween
