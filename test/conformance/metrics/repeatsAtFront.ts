import { repeatsAtFront } from '../../../src/metrics/repeatsAtFront.ts'
import { email } from '../awkward.ts'
import { identity, metricCase } from '../naive.ts'

const sets: readonly (readonly string[])[] = [['id'], ['small', 'flag'], [email, 'day']]
export default sets.map((set) =>
  metricCase(repeatsAtFront(set), (rows) => {
    const keys = rows.map((row) => JSON.stringify(set.map((name) => identity(row[name] ?? null))))
    return keys.length - new Set(keys).size
  }),
)
