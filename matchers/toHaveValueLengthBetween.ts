import { valueLengthBetween } from '../src/checks/valueLengthBetween.ts'
import { onColumn } from './define.ts'

/** Every text of the column has a length, in code points, within the limits. */
export default onColumn('toHaveValueLengthBetween', valueLengthBetween)
