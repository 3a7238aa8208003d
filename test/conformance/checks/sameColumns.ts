import { sameColumns } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { names } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => sameColumns(d, d.where({ id: 1 })), { status: 'pass', measured: 'the same columns' }),
  held(
    (d) => sameColumns(d, d),
    () => ({ status: 'pass' }),
  ),
  held(
    (d) => sameColumns(d, dataset([{ none: 1, id: 1, small: 1 }], { name: 'three' })),
    () => ({ status: 'fail', value: [...names, 'none'].filter((name) => name !== 'id' && name !== 'small').length }),
  ),
  judged((d) => sameColumns(d, dataset('test/fixtures/everyKind/customers.csv')), { status: 'fail', value: 10 }),
]
export default cases
