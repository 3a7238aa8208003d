import { compatibleWith } from '../src/behavior/kinds/compatibleWith.ts'
import { onModel } from './define.ts'

/** Whoever asks an earlier model can ask this one. */
export default onModel('toBeCompatibleWith', compatibleWith)
