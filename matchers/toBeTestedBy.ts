import { testedBy } from '../src/behavior/kinds/testedBy.ts'
import { onModel } from './define.ts'

/** Each of the checks can fail: a model that knows nothing fails it. */
export default onModel('toBeTestedBy', testedBy)
