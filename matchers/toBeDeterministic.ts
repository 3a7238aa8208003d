import { deterministic } from '../src/behavior/kinds/deterministic.ts'
import { onModel } from './define.ts'

/** The model answers the same each time it is asked the same. */
export default onModel('toBeDeterministic', deterministic)
