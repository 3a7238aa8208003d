import { monotonicIn } from '../src/behavior/kinds/monotonicIn.ts'
import { onModel } from './define.ts'

/** A score of the model never falls (or never rises) as a field of its input grows. */
export default onModel('toBeMonotonicIn', monotonicIn)
