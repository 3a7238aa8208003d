import { fair } from '../src/behavior/kinds/fair.ts'
import { onModel } from './define.ts'

/** The model treats groups of cases alike. */
export default onModel('toBeFair', fair)
