import { duplicates } from '../../../src/metrics/index.ts'
import { email, int, text } from '../awkward.ts'
import { add, metricCase, tallied } from '../naive.ts'

const sets = [['small'], ['x'], [int], ['small', 'flag'], ['flag', 'small'], [email, text, 'flag'], ['id']]
export default sets.map((set) =>
  metricCase(duplicates(set), (rows) => {
    const counts = [...tallied(rows, set).values()]
    return {
      distinct: counts.length,
      rows: add(counts.filter((n) => n > 1)),
      excess: add(counts.map((n) => n - 1)),
    }
  }),
)
