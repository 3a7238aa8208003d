import { rowCount } from '../src/checks/rowCount.ts'
import { onDataset } from './define.ts'

/** The number of rows lies within the limits; a plain number means exactly that many. */
export default onDataset('toHaveRowCount', rowCount)
