import { movesWith } from '../src/behavior/kinds/movesWith.ts'
import { onModel } from './define.ts'

/** A score of the model moves up or down when its input is perturbed. */
export default onModel('toMoveWith', movesWith)
