import { agreesWith } from '../src/behavior/agreesWith.ts'
import { onModel } from './define.ts'

/** The model answers as another one does. */
export default onModel('toAgreeWith', agreesWith)
