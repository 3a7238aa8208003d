import { rowCountRatioBetween } from '../../../src/checks/index.ts'
import { type CheckCase, held, judged } from '../known.ts'

const cases: readonly CheckCase[] = [
  judged((d) => rowCountRatioBetween(d, d, { min: 1, max: 1 }), { status: 'pass', value: 1, measured: '1 (9 / 9)' }),
  judged((d) => rowCountRatioBetween(d, d.where({ id: -1 }), { min: 0.1 }), { status: 'vacuous', blocking: true }),
  held(
    (d) => rowCountRatioBetween(d.where({ flag: true }), d, { max: 0.5 }),
    (rows) => {
      if (rows.length === 0) return { status: 'vacuous' }
      const value = rows.filter(({ flag }) => flag === true).length / rows.length
      return { status: value <= 0.5 ? 'pass' : 'fail', value }
    },
  ),
  judged((d) => rowCountRatioBetween(d, d.where({ id: 1 }), { lt: 9 }), { status: 'fail', value: 9 }),
]
export default cases
