import { passMft } from '../src/behavior/kinds/passMft.ts'
import { onModel } from './define.ts'

/** The model answers the cases of a minimum functionality test. */
export default onModel('toPassMFT', passMft)
