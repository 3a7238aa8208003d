import { respondsWithin } from '../src/behavior/kinds/respondsWithin.ts'
import { onModel } from './define.ts'

/** The model answers in time. */
export default onModel('toRespondWithin', respondsWithin)
