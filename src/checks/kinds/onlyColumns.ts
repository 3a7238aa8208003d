import { nearest } from '../../errors.ts'
import { tableCheck } from '../forms/table.ts'
import { columnNames } from '../parameters/columns.ts'

const SHOWN = 20

/** The dataset has no other columns than `columns`; whether those are all there is for `hasColumn` to say. */
export const onlyColumns = tableCheck({
  kind: 'onlyColumns',
  family: 'schema',
  says: 'The dataset has no other columns than these; they need not all be there.',
  example: "await expect(orders).toHaveOnlyColumns(['id', 'amount'])",
  parameters: [columnNames({ least: 1, doc: 'the names of the allowed columns', example: "['id', 'amount']" })],
  words: ({ columns }) => ({ title: 'no extra columns', expected: `only ${listed(columns)}` }),
  judge({ columns: names }, { columns }) {
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

function listed(names: readonly string[]): string {
  const shown = names
    .slice(0, SHOWN)
    .map((name) => JSON.stringify(name))
    .join(', ')
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown
}
