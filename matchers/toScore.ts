import { scored } from '../src/behavior/kinds/scored.ts'
import { onModel } from './define.ts'

/** Scores of the model over labelled cases lie within limits. */
export default onModel('toScore', scored)
