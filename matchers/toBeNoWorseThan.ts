import { noWorseThan } from '../src/behavior/noWorseThan.ts'
import { onModel } from './define.ts'

/** The model is no worse than another one, or than predictions of an earlier release. */
export default onModel('toBeNoWorseThan', noWorseThan)
