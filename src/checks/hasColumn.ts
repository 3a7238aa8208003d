import type { Dataset } from '../dataset/dataset.ts'
import { AssayError, nearest } from '../errors.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedDataset, described } from './receiver.ts'
import { knownOptions } from './rowCheck.ts'
import type { TableCheckOptions } from './rowCount.ts'

/** The dataset has a column of that name, whatever it holds; a column that is not there fails, naming the nearest. */
export function hasColumn(dataset: Dataset, name: string, options?: TableCheckOptions): Check {
  checkedDataset(dataset, 'hasColumn', "'amount'")
  const { severity = 'error' } = knownOptions(options, 'hasColumn', ['severity'])
  if (typeof name !== 'string' || name === '') {
    throw new AssayError('wrong-argument', `hasColumn got ${described(name)} as the name of a column`, {
      hint: 'give the name as text, e.g. hasColumn(flights, "delay")',
    })
  }
  return measured({
    kind: 'hasColumn',
    family: 'schema',
    ...aboutDataset(dataset, [name], { limits: { severity } }),
    title: 'column is present',
    expected: `a column ${JSON.stringify(name)}`,
    severity,
    dataset,
    metrics: () => ({}),
    judge: (_, { columns }) => {
      const found = columns.find((column) => column.name === name)
      if (found) return { status: 'pass', measured: `present, holds ${found.type} values` }
      const names = columns.map((column) => column.name)
      const near = nearest(name, names)
      return {
        status: 'fail',
        measured: 'no such column',
        message: near
          ? `there is no column ${JSON.stringify(name)}; the nearest is ${JSON.stringify(near)}`
          : `there is no column ${JSON.stringify(name)} among the ${names.length} of this dataset`,
      }
    },
  })
}
