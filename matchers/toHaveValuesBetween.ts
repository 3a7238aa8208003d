import { valuesBetween } from '../src/checks/valuesBetween.ts'
import { onColumn } from './define.ts'

/** Every number of the column lies within the limits. */
export default onColumn('toHaveValuesBetween', valuesBetween)
