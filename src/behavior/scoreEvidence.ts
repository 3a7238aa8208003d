import type { Bounds } from '../checks/bounds.ts'
import type { Block } from '../results/blocks/index.ts'
import { confusion } from '../scores/confusion.ts'
import { reliability } from '../scores/reliability.ts'
import { riskCoverage } from '../scores/riskCoverage.ts'
import type { Said, Score, ScoreSettings } from '../scores/score.ts'
import { wilsonInterval } from '../stats/wilson.ts'
import type { Checked } from './scoreOptions.ts'
import type { RatedSlice } from './scoreWords.ts'

/** Points of a curve that are shown. */
const POINTS = 50
/** Labels of a matrix that is shown. */
const LABELS = 50

/** What backs a score: the number, and of labels the confusion matrix, of probabilities the curve that it sums up. */
export function scoreEvidence(
  score: Score,
  { value, interval }: { readonly value: number; readonly interval: readonly [number, number] },
  { said, bounds, own, isTold }: { said: Said; bounds: Bounds; own: Checked; isTold: boolean },
): readonly Block[] {
  const { confidence = 0.95, settings } = own
  const finite = interval.every(Number.isFinite)
  return [
    { kind: 'number', name: score.name, value, ...(finite ? { interval, confidence } : {}), limit: bounds },
    ...(score.reads === 'labels' && isTold ? matrixOf(said) : []),
    ...(score.reads === 'probabilities' ? [curveOf(score, said, settings)] : []),
  ]
}

function matrixOf(said: Said): readonly Block[] {
  const { labels, counts } = confusion(said)
  if (labels.length > LABELS) return []
  return [{ kind: 'matrix', down: 'expected', across: 'predicted', rows: labels, columns: labels, counts }]
}

function curveOf(score: Score, said: Said, settings: ScoreSettings): Block {
  if (/risk|aurc/i.test(score.name)) {
    const all = riskCoverage(said)
    const every = Math.ceil(all.length / POINTS)
    const points = all.filter((_, i) => i % every === 0 || i === all.length - 1)
    return {
      kind: 'curve',
      x: 'share of cases answered, the surest first',
      y: 'share of answers that are wrong',
      points: points.map(({ coverage, risk }) => ({ x: coverage, y: risk })),
    }
  }
  const bins = reliability(said, settings).filter(({ cases }) => cases > 0)
  return {
    kind: 'curve',
    x:
      settings.positive === undefined
        ? 'how sure of the answer'
        : `probability of ${JSON.stringify(settings.positive)}`,
    y: settings.positive === undefined ? 'how often it is right' : 'how often it is so',
    points: bins.map(({ cases, confidence, accuracy, right }) => ({
      x: confidence,
      y: accuracy,
      interval: wilsonInterval(right, cases),
      count: cases,
    })),
    ideal: 'diagonal',
  }
}

/** Slices as rates, of scores that are the share of cases that are right. */
export function sliceEvidence(
  score: Score,
  all: { readonly value: number; readonly n: number },
  slices: readonly RatedSlice[],
  limit?: number,
): readonly Block[] {
  if (score.name !== 'accuracy' || slices.length === 0) return []
  const rate = (name: string, n: number, value: number) => {
    const passed = Math.round(value * n)
    return { name, cases: n, passed, failed: n - passed, errors: 0, notApplicable: 0, rate: value }
  }
  return [
    {
      kind: 'rates',
      overall: rate('all', all.n, all.value),
      parts: slices.map(({ name, n, value, interval }) => ({
        ...rate(name, n, value),
        interval,
        ...(limit === undefined ? {} : { limit }),
      })),
    },
  ]
}
