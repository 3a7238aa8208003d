import type { Dataset } from '../dataset/dataset.ts'
import { AssayError, nearest } from '../errors.ts'
import { aboutDataset, type Check, measured } from './check.ts'
import { checkedDataset } from './receiver.ts'
import { knownOptions } from './rowCheck.ts'
import type { TableCheckOptions } from './rowCount.ts'

const SHOWN = 20

/** The dataset has no other columns than `names`; whether those are all there is for `hasColumn` to say. */
export function onlyColumns(dataset: Dataset, names: readonly string[], options?: TableCheckOptions): Check {
  checkedDataset(dataset, 'onlyColumns', "['id', 'amount']")
  const { severity = 'error' } = knownOptions(options, 'onlyColumns', ['severity'])
  if (!Array.isArray(names) || names.length === 0 || names.some((name) => typeof name !== 'string')) {
    throw new AssayError('wrong-argument', 'onlyColumns needs the names of the allowed columns', {
      hint: 'e.g. onlyColumns(flights, ["date", "delay"])',
    })
  }
  return measured({
    kind: 'onlyColumns',
    family: 'schema',
    ...aboutDataset(dataset, [], { limits: { names: new Set(names), severity } }),
    title: 'no extra columns',
    expected: `only ${listed(names)}`,
    severity,
    dataset,
    metrics: () => ({}),
    judge: (_, { columns }) => {
      const extra = columns.map(({ name }) => name).filter((name) => !names.includes(name))
      if (extra.length === 0) return { status: 'pass', measured: 'no extra column', value: 0 }
      const present = new Set(columns.map(({ name }) => name))
      const renamed = extra.flatMap((name) => {
        const near = nearest(
          name,
          names.filter((candidate) => !present.has(candidate)),
        )
        return near === undefined ? [] : [`${JSON.stringify(name)} may be ${JSON.stringify(near)}, which is not there`]
      })
      return {
        status: 'fail',
        measured: `${extra.length} extra column${extra.length === 1 ? '' : 's'}: ${listed(extra)}`,
        value: extra.length,
        ...(renamed.length > 0 ? { message: renamed.join('; ') } : {}),
      }
    },
  })
}

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN)
    .map((name) => JSON.stringify(name))
    .join(', ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}
