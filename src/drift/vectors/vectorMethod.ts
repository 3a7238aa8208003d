import { AssayError } from '../../errors.ts'
import type { MeanDistance } from '../../stats/meanDistance.ts'
import { aroundOne, dot, meanOf, variancesOf } from '../../stats/vectorRows.ts'
import { decimal, numberText } from '../../words/text/numbers.ts'
import { spreadOf } from '../approximately.ts'
import { numberChart } from '../charts.ts'
import type { ColumnTally } from '../columnTally.ts'
import { type DriftMethod, type NotComparable, rowsMethod } from '../drift.ts'
import { shareFinding } from '../shareFinding.ts'
import { haveVectors, type Vectors, vectorsOf } from './vectors.ts'

/** What a method measures of vectors: a distance of means with tests, p of no difference at all, and what its unit is. */
export interface VectorMeasurement {
  readonly distance: MeanDistance
  /** Makes the unit of the method of a distance, and a distance of it. */
  readonly unitOf: (distance: number) => number
  readonly distanceOf: (effect: number) => number
  readonly p: number
}

interface VectorMethod extends Pick<DriftMethod, 'name' | 'unit' | 'effect' | 'limit' | 'most'> {
  suits?: DriftMethod['suits']
  /** A text says why there is nothing to measure. */
  measure(current: Vectors, reference: Vectors): VectorMeasurement | string
}

/**
 * A method that compares vectors, such as embeddings, of one length. Vectors of another length, and those that hold no finite
 * number in some place, are left out and a finding; so are vectors of zeros alone. An AssayError where the two sides' vectors
 * are of different lengths.
 */
export function vectorMethod({ measure, suits, ...about }: VectorMethod): DriftMethod {
  return rowsMethod<Vectors>({
    ...about,
    ...(suits ? { suits } : {}),
    accepts: haveVectors,
    read: vectorsOf,
    compare(current, reference) {
      const [here, there] = [current.values.read, reference.values.read]
      const none = noVectors(current.column.name, here, there)
      if (none) return none
      const measured = measure(here, there)
      if (typeof measured === 'string')
        return {
          reason: `column ${JSON.stringify(current.column.name)} has ${measured}`,
          hint: 'take another method, or name the column in `except`',
        }
      const { distance, unitOf, distanceOf, p } = measured
      const counts = `${numberText(here.rows)} and ${numberText(there.rows)} vectors of ${numberText(here.width)}`
      return {
        effect: unitOf(distance.distance),
        over: (limit) => distance.over(distanceOf(limit)),
        under: (limit) => distance.under(distanceOf(limit)),
        p,
        leastDetectable: ({ limit, level }) =>
          Math.min(about.most, unitOf(distance.leastOver(distanceOf(limit), level))),
        spreadToDecide: ({ limit, level }) =>
          spreadOf(here.rows, there.rows) / Math.sqrt(distance.rowsToDecide(distanceOf(limit), level)),
        moved: `${componentsMoved(here, there)}; ${counts}`,
        discreetlyMoved: counts,
        about: 'direction of the difference',
        charts: numberChart(along(here, there), false),
        charted: [tallyOf(here), tallyOf(there)],
        findings: findingsOf(here, there),
      }
    },
  })
}

const tallyOf = ({ looked, missing }: Vectors): ColumnTally => ({ rows: looked, missing })

/** Why there are no vectors to compare; an AssayError where they are of two lengths. */
export function noVectors(column: string, here: Vectors, there: Vectors): NotComparable | undefined {
  const name = JSON.stringify(column)
  const hint = 'compare lists of numbers that are all of one length, or name the column in `except`'
  for (const [side, { looked, missing, strange, rows, lengths }] of [
    ['the current data', here],
    ['the reference', there],
  ] as const) {
    const present = looked - missing
    if (rows < 2)
      return {
        reason: `column ${name} has ${rows === 0 ? 'no vector' : 'one vector'} of finite numbers in ${side}`,
        hint,
      }
    if (strange * 2 > present)
      return {
        reason: `column ${name} has lists of ${lengths[0] === lengths[1] ? 'what is no finite number' : `${lengths[0]} to ${lengths[1]} numbers`} in ${side}: no vectors of one length`,
        hint,
      }
  }
  if (here.width === there.width) return undefined
  throw new AssayError(
    'wrong-type',
    `column ${name} holds vectors of ${here.width} numbers in the current data and of ${there.width} in the reference`,
    { hint: 'vectors of two models cannot be compared: make both by the same one' },
  )
}

export const findingsOf = (here: Vectors, there: Vectors) => [
  ...shareFinding(
    `not a vector of ${there.width} finite numbers`,
    [here.strange, here.looked],
    [there.strange, there.looked],
  ),
  ...shareFinding('a vector of zeros', [here.zeros, here.looked], [there.zeros, there.looked]),
]

const SHOWN = 3

/** The components whose means moved most, in deviations of the reference. */
function componentsMoved(here: Vectors, there: Vectors): string {
  const [after, before] = [meanOf(here), meanOf(there)]
  const [mine, theirs] = aroundOne(here, there)
  const [to, from] = [meanOf(mine), meanOf(theirs)]
  const sigmas = variancesOf(theirs, from).map(Math.sqrt)
  const change = (i: number) => Math.abs((to[i] as number) - (from[i] as number)) / (sigmas[i] as number)
  const moved = [...before.keys()]
    .filter((i) => to[i] !== from[i])
    .sort((a, b) => change(b) - change(a) || a - b)
    .slice(0, SHOWN)
  const text = (i: number, mean: Float64Array) =>
    decimal(mean[i] as number, { significant: 2, beside: [after[i] as number, before[i] as number] })
  if (moved.length === 0) return 'nothing moved'
  return `means of components ${moved.map((i) => `[${i}] ${text(i, before)} → ${text(i, after)}`).join(', ')}`
}

/** The vectors' places along the difference of the means, sorted. */
function along(here: Vectors, there: Vectors): readonly [Float64Array, Float64Array] {
  const [after, before] = [meanOf(here), meanOf(there)]
  const difference = after.map((value, i) => value - (before[i] as number))
  const length = Math.sqrt(dot(difference, difference)) || 1
  const places = ({ values, rows, width }: Vectors) =>
    Float64Array.from({ length: rows }, (_, row) => dot(difference, values.subarray(row * width)) / length).sort()
  return [places(here), places(there)]
}
