import { beatsBaseline } from '../src/behavior/kinds/beatsBaseline.ts'
import { onModel } from './define.ts'

/** The model is better than what is known without looking at the input. */
export default onModel('toBeatBaseline', beatsBaseline)
