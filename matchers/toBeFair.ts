import { fair } from '../src/behavior/fair.ts'
import { onModel } from './define.ts'

/** The model treats groups of cases alike. */
export default onModel('toBeFair', fair)
