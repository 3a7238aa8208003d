import { compatibleWith } from '../src/behavior/compatibleWith.ts'
import { onModel } from './define.ts'

/** Whoever asks an earlier model can ask this one. */
export default onModel('toBeCompatibleWith', compatibleWith)
