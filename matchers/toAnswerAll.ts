import { answersAll } from '../src/behavior/kinds/answersAll.ts'
import { onModel } from './define.ts'

/** The model answers every input. */
export default onModel('toAnswerAll', answersAll)
