import { textLengths } from '../../../src/metrics/textLengths.ts'
import { email, text } from '../awkward.ts'
import { add, metricCase, present } from '../naive.ts'

export default [text, email].map((name) =>
  metricCase(textLengths(name), (rows) => {
    const lengths = (present(rows, name) as string[]).map((value) => (value.match(/./gsu) ?? []).length)
    if (lengths.length === 0) return null
    return {
      empty: lengths.filter((length) => length === 0).length,
      min: Math.min(...lengths),
      max: Math.max(...lengths),
      mean: add(lengths) / lengths.length,
    }
  }),
)
