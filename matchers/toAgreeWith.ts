import { agreesWith } from '../src/behavior/kinds/agreesWith.ts'
import { onModel } from './define.ts'

/** The model answers as another one does. */
export default onModel('toAgreeWith', agreesWith)
