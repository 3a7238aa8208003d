import { valuesBetween } from '../../../src/checks/index.ts'
import { int, text } from '../awkward.ts'
import type { Dataset } from '../../../src/dataset/dataset.ts'
import type { CheckCase } from '../known.ts'

const cases: readonly CheckCase[] = [
  ...['x', 'y', int, 'small', 'flag', 'day', text].flatMap((name) => [
    (d: Dataset) => valuesBetween(d.column(name), { min: 0 }),
    (d: Dataset) => valuesBetween(d.column(name), { gt: 0, lt: 7 }, { nulls: 'fail' }),
    (d: Dataset) => valuesBetween(d.column(name), { max: 1.5 }, { mostly: 0.5 }),
  ]),
  (d) => valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }),
  (d) => valuesBetween(d.where({ id: -1 }).column('x'), { min: 0 }, { allowEmpty: true }),
  (d) => valuesBetween(d.column('xx'), { min: 0 }),
]
export default cases
