import { noMissing } from '../src/checks/noMissing.ts'
import { onColumn } from './define.ts'

/** Every row has a value in the column. */
export default onColumn('toHaveNoMissing', noMissing)
