import type { DistributionsBlock } from '../../../src/results/blocks/distributions.ts'
import type { CheckResult, Status } from '../../../src/results/checkResult.ts'
import { nasty } from './nasty.ts'

const driftColumns: readonly string[] = [
  'delivery_days',
  'tax',
  'channel',
  'amount',
  'session_s',
  'device',
  'score',
  'country',
]

/** Eight columns against their reference: drift, a warning, one undecided, and no drift. */
export function driftResults(): CheckResult[] {
  const effects: readonly (readonly [number, Status])[] = [
    [0.412, 'fail'],
    [0.236, 'fail'],
    [0.165, 'warn'],
    [0.104, 'inconclusive'],
    [0.031, 'pass'],
    [0.018, 'pass'],
    [0.012, 'pass'],
    [0.004, 'pass'],
  ]
  return driftColumns.map((column, i) => {
    const [effect, status] = effects[i] as (typeof effects)[number]
    const spread = status === 'inconclusive' ? 0.03 : 0.012
    const categorical = ['channel', 'device', 'country'].includes(column)
    return {
      id: `orders/drift/${column}`,
      trend: `orders/drift/${column}`,
      kind: 'drift',
      family: 'drift',
      matcher: 'toHaveNoDriftFrom',
      subject: { type: 'dataset', name: 'orders', column, reference: 'training-2026-09' },
      title: 'no drift',
      status,
      blocking: status === 'fail',
      severity: status === 'warn' ? 'warn' : 'error',
      expected: `${categorical ? 'TV' : 'D'} ≤ 0.1`,
      measured: `${effect}`,
      value: effect,
      limit: { max: 0.1 },
      evidence: [
        {
          kind: 'number',
          name: categorical ? 'TV' : 'D',
          method: categorical ? 'total variation distance, G-test' : 'Kolmogorov–Smirnov, two samples',
          value: effect,
          interval: [Math.max(0, effect - spread), effect + spread],
          confidence: 0.95,
          limit: { max: 0.1 },
          p: status === 'pass' ? 0.31 : 1e-9,
          adjustedP: status === 'pass' ? 0.74 : 8e-9,
          current: { rows: 18_000, missing: 1098 },
          reference: { rows: 20_000, missing: 80 },
          leastDetectable: 0.114,
          ...(status === 'inconclusive' ? { rowsToDecide: 4200 } : {}),
          note: categorical ? 'app rose from 25 % to 44 %' : 'the median rose from 3.1 to 4.4',
          of: [],
        },
        categorical ? categories(column, effect) : histogram(effect, column === 'session_s'),
      ],
      lineage: { datasets: [], engine: 'DuckDB 1.5.6', seed: 7 },
      ms: 41.5,
      scans: 2,
      where: { file: 'test/orders.drift.test.ts', test: 'this month looks like the training data', line: 14 },
    }
  })
}

function histogram(effect: number, time: boolean): DistributionsBlock {
  const bins = 24
  const bell = (middle: number): number[] =>
    Array.from({ length: bins }, (_, k) => Math.round(20_000 * Math.exp(-(((k - middle) / 4.2) ** 2) / 2)))
  const from = time ? Date.UTC(2026, 9, 1) : 0
  const step = time ? 86_400_000 : 12
  return {
    kind: 'distributions',
    type: 'histogram',
    edges: Array.from({ length: bins + 1 }, (_, k) => from + k * step),
    current: bell(10 + effect * 18),
    reference: bell(10),
    unit: time ? 'time' : 'number',
  }
}

function categories(column: string, effect: number): DistributionsBlock {
  const labels =
    column === 'country'
      ? ['GB', 'DE', 'FR', 'NL', 'ES', 'IE', 'BE', 'other']
      : ['web', 'app', 'store', nasty[0] as string]
  const reference = labels.map((_, k) => Math.round(20_000 / (k + 1.6)))
  return {
    kind: 'distributions',
    type: 'categories',
    labels,
    reference,
    current: reference.map((n, k) => Math.round(n * (1 + (k % 2 ? 3 : -1.4) * effect))),
    ...(column === 'country' ? { folded: 11 } : {}),
  }
}
