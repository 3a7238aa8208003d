import { rowCount } from '../../../src/metrics/index.ts'
import { metricCase } from '../naive.ts'

export default [metricCase(rowCount(), (rows) => rows.length)]
