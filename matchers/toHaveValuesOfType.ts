import { valuesOfType } from '../src/checks/valuesOfType.ts'
import { onColumn } from './define.ts'

/** Every value of the column is of the type; in a text file, every cell is written like one. */
export default onColumn('toHaveValuesOfType', valuesOfType)
