import type { Bounds } from '../checks/bounds.ts'
import type { Block } from '../results/blocks/index.ts'
import { confusion } from '../scores/confusion.ts'
import { reliability } from '../scores/reliability.ts'
import { riskCoverage } from '../scores/riskCoverage.ts'
import { type Answered, readsProbabilities, type Score, type ScoreSettings } from '../scores/score.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import type { Checked } from './scoreOptions.ts'
import type { FoundSlices } from './scoreWords.ts'
import { byText } from './slices.ts'

/** Points of a curve that are shown. */
const POINTS = 50
/** Slices that are kept, the weakest. */
const SLICES = 100
/** Labels of a matrix that is shown. */
const LABELS = 50

/** What backs a score: the number, and of labels the confusion matrix, of probabilities the curve that it sums up. */
export function scoreEvidence(
  score: Score,
  { value, interval }: { readonly value: number; readonly interval: readonly [number, number] },
  { answered, bounds, own, isTold }: { answered: Answered; bounds: Bounds; own: Checked; isTold: boolean },
): readonly Block[] {
  const { confidence = 0.95, settings } = own
  return [
    { kind: 'number', name: score.name, value, ...finite(interval), confidence, limit: bounds },
    ...(score.reads === 'labels' && isTold ? matrixOf(answered) : []),
    ...(readsProbabilities(score.reads) ? [curveOf(score, answered, settings)] : []),
  ]
}

/** It counts cases, whatever their weights. */
function matrixOf({ truth, answers }: Answered): readonly Block[] {
  const { labels, counts } = confusion({ truth, answers })
  if (labels.length > LABELS) return []
  return [{ kind: 'matrix', down: 'expected', across: 'predicted', rows: labels, columns: labels, counts }]
}

function curveOf(score: Score, answered: Answered, settings: ScoreSettings): Block {
  if (/risk|aurc/i.test(score.name)) {
    const all = riskCoverage(answered)
    const every = Math.ceil(all.length / POINTS)
    const points = all.filter((_, i) => i % every === 0 || i === all.length - 1)
    return {
      kind: 'curve',
      x: 'share of cases answered, the surest first',
      y: 'share of answers that are wrong',
      points: points.map(({ coverage, risk }) => ({ x: coverage, y: risk })),
    }
  }
  const bins = reliability(answered, settings).filter(({ cases }) => cases > 0)
  return {
    kind: 'curve',
    x:
      settings.positive === undefined
        ? 'how sure of the answer'
        : `probability of ${JSON.stringify(settings.positive)}`,
    y: settings.positive === undefined ? 'how often it is right' : 'how often it is so',
    points: bins.map(({ cases, effective, confidence, accuracy }) => ({
      x: confidence,
      y: accuracy,
      interval: wilsonInterval(accuracy * effective, effective),
      count: cases,
    })),
    ideal: 'diagonal',
  }
}

/** The score by slices, the weakest first. */
export function sliceEvidence(
  score: Score,
  { value, interval, n }: { readonly value: number; readonly interval?: readonly [number, number]; readonly n: number },
  { rated, weak, total, confidence }: FoundSlices,
  { sliceBy }: Checked,
  limit?: Bounds,
): Block {
  const by = byText(sliceBy)
  return {
    kind: 'slices',
    score: score.name,
    better: score.better,
    ...(by === undefined ? {} : { by }),
    confidence,
    ...(limit ? { limit } : {}),
    overall: { name: 'all', cases: n, value, ...(interval ? finite(interval) : {}) },
    slices: rated.slice(0, SLICES).map((slice) => ({
      name: slice.name,
      cases: slice.n,
      value: slice.value,
      ...finite(slice.interval),
      ...(weak.includes(slice) ? { weak: true as const } : {}),
    })),
    total: rated.length,
    ...(total > rated.length ? { tooSmall: total - rated.length } : {}),
  }
}

const finite = (interval: readonly [number, number]) => (interval.every(Number.isFinite) ? { interval } : {})
