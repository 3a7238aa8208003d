import { invariantTo } from '../src/behavior/kinds/invariantTo.ts'
import { onModel } from './define.ts'

/** The model's answer stays the same when its input is perturbed. */
export default onModel('toBeInvariantTo', invariantTo)
