import { sumBetween } from '../src/checks/sumBetween.ts'
import { onColumn } from './define.ts'

/** The numbers of the column add up to something within the limits. */
export default onColumn('toHaveSumBetween', sumBetween)
