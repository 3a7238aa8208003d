import { uniqueKey } from '../src/checks/uniqueKey.ts'
import { onDataset } from './define.ts'

/** No two rows share their values in the key columns. */
export default onDataset('toHaveUniqueKey', uniqueKey)
