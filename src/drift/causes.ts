import type { Cause, CausesBlock } from '../results/blocks/causes.ts'
import type { DistributionsBlock } from '../results/blocks/distributions.ts'
import { divergenceParts } from '../stats/shareDistances.ts'
import { decimal } from '../words/text/numbers.ts'
import type { ColumnTally } from './columnTally.ts'
import { sumOf } from '../stats/sumOf.ts'
import { timeText } from './timeText.ts'

/** Causes that are kept. */
const MOST = 8

interface Place {
  readonly name: string
  readonly current: number
  readonly reference: number
  /** Whether it goes on where the one before ends. */
  readonly follows: boolean
}

/**
 * What makes up the distance of two columns, by the values or bins of their chart: each one's part of Jensen and
 * Shannon's divergence, which is a sum over them without negative parts. Bins beside each other that moved the same way
 * are one.
 */
export function causesOf(
  chart: DistributionsBlock,
  name: string,
  [current, reference]: readonly [ColumnTally, ColumnTally],
): CausesBlock {
  const places = placesOf(chart, name, [current, reference])
  const shares = places.map((place) => [place.current / current.rows, place.reference / reference.rows] as const)
  const parts = divergenceParts(
    shares.map(([after]) => after),
    shares.map(([, before]) => before),
  )
  const all = sumOf(parts)
  if (!(all > 0)) return { kind: 'causes', causes: [] }
  const causes: (Cause & { readonly up: boolean; readonly end: string })[] = []
  places.forEach(({ name: label, follows }, i) => {
    const [after, before] = shares[i] as readonly [number, number]
    const [up, part] = [after > before, (parts[i] as number) / all]
    const last = causes.at(-1)
    if (follows && last && last.up === up)
      causes[causes.length - 1] = {
        ...last,
        part: last.part + part,
        before: last.before + before,
        after: last.after + after,
        end: label,
      }
    else causes.push({ name: label, part, before, after, up, end: label })
  })
  return {
    kind: 'causes',
    causes: causes
      .filter(({ part }) => part > 0.005)
      .toSorted((a, b) => b.part - a.part)
      .slice(0, MOST)
      .map(({ name: label, end, part, before, after }) => ({
        name:
          label === end ? label : `${label.slice(0, label.lastIndexOf(' to '))}${end.slice(end.lastIndexOf(' to '))}`,
        part: Math.min(1, part),
        before: Math.min(1, before),
        after: Math.min(1, after),
      })),
  }
}

function placesOf(
  chart: DistributionsBlock,
  name: string,
  [current, reference]: readonly [ColumnTally, ColumnTally],
): readonly Place[] {
  const there = chart.reference ?? []
  if (chart.type === 'categories')
    return chart.labels.map((label, i) => ({
      name: `${name} = ${/^[("]/.test(label) ? label : JSON.stringify(label)}`,
      current: chart.current[i] as number,
      reference: there[i] as number,
      follows: false,
    }))
  const bound = (value: number) =>
    chart.unit === 'time' ? timeText(value, 16) : decimal(value, { beside: chart.edges })
  const bins = chart.current.map((count, i) => ({
    name: `${name} ${bound(chart.edges[i] as number)} to ${bound(chart.edges[i + 1] as number)}`,
    current: count,
    reference: there[i] as number,
    follows: i > 0,
  }))
  const sum = (counts: readonly number[]) => sumOf(counts)
  const strange = ({ rows, missing }: ColumnTally, counts: readonly number[]) => rows - missing - sum(counts)
  return [
    ...bins,
    { name: `${name} missing`, current: current.missing, reference: reference.missing, follows: false },
    {
      name: `${name} not finite`,
      current: strange(current, chart.current),
      reference: strange(reference, there),
      follows: false,
    },
  ]
}
