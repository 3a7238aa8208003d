import { max } from '../../../src/metrics/index.ts'
import { int, numbers, text } from '../awkward.ts'
import { byValue, finite, metricCase, present, refused, whole } from '../naive.ts'

export default numbers.map((name) =>
  metricCase(
    max(name),
    name === text
      ? refused('wrong-type')
      : (rows) => {
          const values = name === int ? present(rows, name).map((value) => BigInt(value as number)) : finite(rows, name)
          const sorted = [...values].sort(byValue)
          const extreme = sorted.at(-1)
          return extreme === undefined ? null : typeof extreme === 'bigint' ? whole(extreme) : extreme
        },
  ),
)
