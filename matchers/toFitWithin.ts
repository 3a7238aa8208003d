import { fitsWithin } from '../src/behavior/kinds/fitsWithin.ts'
import { onModel } from './define.ts'

/** The model's files and memory lie within limits. */
export default onModel('toFitWithin', fitsWithin)
