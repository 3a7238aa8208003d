import type { Cell, CheckResult, Sample, ValueCount } from '../../src/results/index.ts'
import { integer, oneLine, shorten } from '../format.ts'
import { html, type Markup } from './template.ts'

/** Failing values with how often each is there, commonest first. */
interface Told {
  readonly values: readonly ValueCount[]
  /** How many failing rows were counted. */
  readonly counted: number
}

/** What the result tells of its failing values; where all failing rows are shown they are counted here. */
function told({ sample }: CheckResult): Told | undefined {
  if (!sample || sample.marked.length === 0 || sample.rows.length === 0) return undefined
  if (sample.values) return { values: sample.values, counted: sample.counted ?? sample.total }
  return sample.rows.length < sample.total ? undefined : { values: countedValues(sample), counted: sample.rows.length }
}

function countedValues({ rows, marked }: Sample): ValueCount[] {
  const groups = new Map<string, { cells: readonly Cell[]; count: number }>()
  for (const row of rows) {
    const cells = marked.map((i) => row[i] ?? null)
    const key = JSON.stringify(cells)
    const group = groups.get(key) ?? { cells, count: 0 }
    groups.set(key, group)
    group.count++
  }
  return [...groups.values()].sort((a, b) => b.count - a.count).slice(0, 8)
}

/** The commonest failing values in the space of a line: `n/a × 991`. Nothing where every value is another. */
export function valuesText(result: CheckResult): string | undefined {
  const { values = [] } = told(result) ?? {}
  const [first] = values
  if (!first || (first.count === 1 && values.length > 3)) return undefined
  const shown = values.slice(0, 3).map(({ cells, count }) => `${cells.map(brief).join(', ')} × ${integer(count)}`)
  return `${shown.join(', ')}${values.length > shown.length ? ', …' : ''}`
}

const brief = (value: Cell): string =>
  value === null ? 'missing' : value === '' ? 'empty' : shorten(oneLine(value), 24)

/** The commonest failing values with their counts, and how many failing rows hold another. */
export function failingValues(result: CheckResult): Markup | false {
  const { values = [], counted = 0 } = told(result) ?? {}
  const total = result.sample?.total ?? 0
  const [first] = values
  if (!first || first.count === 1) return false
  const rest = counted - values.reduce((sum, { count }) => sum + count, 0)
  return html`<p class="values"><span class="x">failing values</span> ${values.map(({ cells, count }) => html`<span class="value"><mark>${cells.map((cell, i) => html`${i > 0 && ', '}${valueMarkup(cell)}`)}</mark> × ${integer(count)}</span> `)}${rest > 0 && html`<span class="x">others × ${integer(rest)}</span>`}${counted < total && html` <span class="x">of the first ${integer(counted)}</span>`}</p>`
}

function valueMarkup(cell: Cell): Markup {
  if (cell === null) return html`<i>missing</i>`
  if (cell === '') return html`<i>empty string</i>`
  return html`<code>${shorten(oneLine(cell), 60)}</code>`
}
