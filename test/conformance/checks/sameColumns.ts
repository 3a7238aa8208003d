import { sameColumns } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { type CheckCase, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameColumns(d, d.where({ id: 1 })), { status: 'pass', measured: 'the same columns' }),
  judged((d) => sameColumns(d, d), { status: 'pass' }),
  judged((d) => sameColumns(d, dataset('test/fixtures/everyKind/customers.csv')), { status: 'fail', value: 10 }),
]
export default cases
