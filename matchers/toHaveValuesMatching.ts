import { valuesMatching } from '../src/checks/valuesMatching.ts'
import { onColumn } from './define.ts'

/** Every text of the column matches the regular expression. */
export default onColumn('toHaveValuesMatching', valuesMatching)
