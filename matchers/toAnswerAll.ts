import { answersAll } from '../src/behavior/answersAll.ts'
import { onModel } from './define.ts'

/** The model answers every input. */
export default onModel('toAnswerAll', answersAll)
