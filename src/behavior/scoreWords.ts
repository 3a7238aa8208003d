import { confusion } from '../scores/confusion.ts'
import { type Answered, readsProbabilities, type Score, type ScoreSettings } from '../scores/score.ts'
import { bootstrap, percentileInterval, spreadOf } from '../stats/bootstrap.ts'
import { effectiveSize } from '../stats/effectiveSize.ts'
import { normalQuantile } from '../stats/normalQuantile.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import { countText } from '../words/text/numbers.ts'
import { picked } from './gathered.ts'
import type { Checked } from './scoreOptions.ts'
import type { Slices } from './slices.ts'
import { sumOf } from '../stats/sumOf.ts'

export const SEED = 1

export const valueText = (value: number): string => String(Number(value.toPrecision(4)))
export const between = ([low, high]: readonly [number, number]): string => `${valueText(low)} to ${valueText(high)}`

/** The interval of a score over cases. */
export function intervalOf(
  score: Score,
  answered: Answered,
  settings: ScoreSettings,
  confidence: number,
): readonly [number, number] {
  const n = answered.truth.length
  const effective = effectiveOf(answered)
  if (score.name === 'accuracy') {
    const right = answered.weights
      ? score.of(answered, settings) * effective
      : answered.truth.filter((own, i) => own === answered.answers[i]).length
    return wilsonInterval(right, effective, confidence)
  }
  const [low, high] = percentileInterval(
    bootstrap(n, (places) => score.of(picked(answered, places), settings), SEED),
    confidence,
  )
  return isOne(low, high) ? unseen(low, score.range, effective, confidence) : [low, high]
}

/** Whether two ends are one, but for rounding. */
const isOne = (low: number, high: number): boolean => high - low <= 1e-12 * Math.max(1, Math.abs(low))

/**
 * The interval of a difference of two models in a score, of a paired bootstrap; where all resamples have the same, of what
 * the cases may have missed.
 */
export function resampled(
  difference: (places: ArrayLike<number>) => number,
  value: number,
  { score, settings, sides, confidence }: Resampled,
): { readonly interval: readonly [number, number]; readonly isSame: boolean } {
  const [answered] = sides
  const interval = percentileInterval(bootstrap(answered.truth.length, difference, SEED), confidence)
  if (!isOne(...interval)) return { interval, isSame: false }
  const most = widest(score, settings, sides)
  return { interval: unseen(value, [-most, most], effectiveOf(answered), confidence), isSame: true }
}

interface Resampled {
  readonly score: Score
  readonly settings: ScoreSettings
  /** What both models answered. */
  readonly sides: readonly [Answered, Answered]
  readonly confidence: number
}

/**
 * How far two values of a score can lie apart. Of an error without an end it is the greatest that was made in one case, and
 * where none was made the greatest right number: an approximation, since nothing bounds them.
 */
function widest(score: Score, settings: ScoreSettings, sides: Resampled['sides']): number {
  const [least, most] = score.range
  if (Number.isFinite(most - least)) return most - least
  if (readsProbabilities(score.reads)) return -Math.log(Number.EPSILON)
  if (score.better === 'higher') return 1
  let [error, number] = [0, 0]
  for (const side of sides)
    for (let i = 0; i < side.truth.length; i++) {
      error = Math.max(error, score.of(picked(side, [i]), settings))
      number = Math.max(number, Math.abs(Number(side.truth[i])))
    }
  return error || number || 1
}

/** As how many cases of one weight they tell as much. */
const effectiveOf = ({ truth, weights }: Answered): number =>
  weights
    ? effectiveSize(
        sumOf(weights),
        weights.reduce((sum, weight) => sum + weight ** 2, 0),
      )
    : truth.length

/** How many cases a score is of, in words. */
export const casesText = ({ truth, weights }: Answered): string =>
  `${countText(truth.length, 'case')}${weights ? ' by weight' : ''}`

/** The interval of a score that is the same in every resample: of what n cases may have missed, the share is bounded. */
function unseen(
  value: number,
  [least, most]: readonly [number, number],
  n: number,
  confidence: number,
): readonly [number, number] {
  const missed = 1 - ((1 - confidence) / 2) ** (1 / n)
  const toward = (end: number): number => (Number.isFinite(end) ? value + missed * (end - value) : value)
  return [toward(least), toward(most)]
}

/** Weak slices that a sentence names. */
const TOLD = 5
/** So many cases have it that it tells nothing about one of them. */
const COMMON = 6

/** The commonest mistakes, of labels; where not all may be told, those that are common. */
export function confusions(score: Score, { truth, answers }: Answered, isTold: boolean): string | undefined {
  if (score.reads !== 'labels') return undefined
  const { labels, counts } = confusion({ truth, answers })
  const mistakes = labels
    .flatMap((right, i) => labels.map((answer, j) => ({ right, answer, count: i === j ? 0 : (counts[i]?.[j] ?? 0) })))
    .filter(({ count }) => count >= (isTold ? 1 : COMMON))
    .sort((a, b) => b.count - a.count)
  if (mistakes.length === 0) return undefined
  const told = mistakes
    .slice(0, 5)
    .map(({ right, answer, count }) => `${count} × ${JSON.stringify(right)} as ${JSON.stringify(answer)}`)
  return `commonest mistakes: ${told.join(', ')}`
}

export interface RatedSlice {
  readonly name: string
  readonly n: number
  readonly value: number
  readonly interval: readonly [number, number]
}

/** Slices of at least `floor` cases for which the score is defined, the weakest first. */
export function ratedSlices(
  score: Score,
  answered: Answered,
  places: readonly number[],
  slices: Slices,
  { settings, floor }: Checked,
  confidence: number,
): readonly RatedSlice[] {
  const at = new Map(places.map((place, i) => [place, i]))
  const rated = [...slices].flatMap(([name, own]): RatedSlice[] => {
    const read = own.flatMap((place) => at.get(place) ?? [])
    if (read.length < floor) return []
    const part = picked(answered, read)
    const value = score.of(part, settings)
    if (Number.isNaN(value)) return []
    const z = normalQuantile((1 + confidence) / 2)
    const spread = z * spreadOf(bootstrap(read.length, (drawn) => score.of(picked(part, drawn), settings), SEED))
    const [least, most] = score.range
    const interval =
      score.name === 'accuracy'
        ? intervalOf(score, part, settings, confidence)
        : spread === 0
          ? unseen(value, score.range, effectiveOf(part), confidence)
          : ([Math.max(least, value - spread), Math.min(most, value + spread)] as const)
    return [{ name, n: read.length, value, interval }]
  })
  return rated.sort((a, b) => (score.better === 'higher' ? a.value - b.value : b.value - a.value))
}

/** Slices with their scores, and those of them that are weak. */
export interface FoundSlices {
  readonly rated: readonly RatedSlice[]
  readonly weak: readonly RatedSlice[]
  /** How many there are with those that are too small or without a score. */
  readonly total: number
  /** Of the intervals. */
  readonly confidence: number
}

/** Slices whose interval lies wholly on the worse side of the score of all cases, corrected for how many there are. */
export function weakest(
  score: Score,
  answered: Answered,
  places: readonly number[],
  slices: Slices,
  own: Checked,
  value: number,
): FoundSlices & { readonly text: string } {
  const alpha = 1 - (own.confidence ?? 0.95)
  const confidence = 1 - alpha / Math.max(1, slices.size)
  const rated = ratedSlices(score, answered, places, slices, own, confidence)
  const weak = rated.filter(({ interval: [low, high] }) => (score.better === 'higher' ? high < value : low > value))
  const small = slices.size - rated.length
  const left = small > 0 ? ` (${countText(small, 'slice')} too small or without a score)` : ''
  const more = weak.length > TOLD ? ` and ${weak.length - TOLD} more` : ''
  const text =
    weak.length === 0
      ? `no slice of at least ${countText(own.floor, 'case')} is clearly weaker${left}`
      : `clearly weaker: ${weak
          .slice(0, TOLD)
          .map(({ name }) => JSON.stringify(name))
          .join(', ')}${more}${left}`
  return { rated, weak, total: slices.size, confidence, text }
}
