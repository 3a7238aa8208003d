import { valuesIn } from '../src/checks/valuesIn.ts'
import { onColumn } from './define.ts'

/** Every value of the column is one of the given ones. */
export default onColumn('toHaveValuesIn', valuesIn)
