import { rowsSatisfy } from '../src/schema/rowsSatisfy.ts'
import { onDataset } from './define.ts'

/** Every row satisfies a function. */
export default onDataset('toSatisfyRows', rowsSatisfy)
