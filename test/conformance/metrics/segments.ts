import { segments } from '../../../src/metrics/index.ts'
import { int, text } from '../awkward.ts'
import { byValue, metricCase } from '../naive.ts'

export default [text, 'small', 'flag', int].map((name) =>
  metricCase(segments(name, 5), (rows) => {
    const labels = rows.map((row) =>
      row[name] === null || row[name] === undefined ? null : String(row[name] as string | number),
    )
    const count = (label: string | null) => labels.filter((one) => one === label).length
    const different = [...new Set(labels)]
    // Engines have null last.
    const order = (a: string | null, b: string | null) => Number(a === null) - Number(b === null) || byValue(a, b)
    return {
      labels: [...different].sort((a, b) => count(b) - count(a) || order(a, b)).slice(0, 5),
      total: different.length,
    }
  }),
)
