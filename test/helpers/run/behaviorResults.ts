import type { Example } from '../../../src/results/blocks/examples.ts'
import type { PassRate, RatesBlock } from '../../../src/results/blocks/rates.ts'
import type { CheckResult, Status } from '../../../src/results/checkResult.ts'
import { nasty } from './nasty.ts'

const skills: readonly (readonly [string, Partial<Record<'MFT' | 'INV' | 'DIR', readonly [number, number]>>])[] = [
  ['vocabulary', { MFT: [500, 1], INV: [420, 6], DIR: [300, 4] }],
  ['robustness', { MFT: [470, 5], INV: [390, 46], DIR: [270, 11] }],
  ['negation', { MFT: [440, 150], INV: [360, 18], DIR: [240, 50] }],
  ['named entities', { MFT: [410, 25], INV: [330, 21], DIR: [210, 4] }],
  ['fairness', { MFT: [380, 0], INV: [300, 1] }],
  ['temporal', { MFT: [350, 32], DIR: [150, 24] }],
]

function rate(name: string, cases: number, failed: number, limit: number): PassRate {
  const passed = cases - failed
  const share = passed / cases
  const half = 1.96 * Math.sqrt(((share + 0.001) * (1.001 - share)) / cases)
  return {
    name,
    cases,
    passed,
    failed,
    errors: 0,
    notApplicable: 0,
    rate: share,
    interval: [Math.max(0, share - half), Math.min(1, share + half)],
    limit,
  }
}

/** Behavioral results of two models. */
export function behaviorResults(): CheckResult[] {
  const matchers = { MFT: 'toPassMFT', INV: 'toBeInvariantTo', DIR: 'toMoveWith' } as const
  const results: CheckResult[] = (['MFT', 'INV', 'DIR'] as const).map((type) => {
    const capabilities = skills.flatMap(([name, cells]) => {
      const cell = cells[type]
      return cell ? [rate(name, cell[0], cell[1], 0.95)] : []
    })
    const cases = capabilities.reduce((sum, c) => sum + c.cases, 0)
    const failed = capabilities.reduce((sum, c) => sum + c.failed, 0)
    const overall = rate('all', cases, failed, 0.95)
    const title = {
      MFT: 'passes 6 skills of minimum functionality',
      INV: 'is invariant to typos',
      DIR: 'moves down when "I hated it." is appended',
    }[type]
    return behaviorResult('sentiment@1.4.0', type, matchers[type], title, {
      test: type,
      overall,
      parts: capabilities,
      examples: examples(type, capabilities),
      ...(type === 'MFT'
        ? {}
        : { perturbation: type === 'INV' ? 'typos (2 swaps)' : 'append "I hated it."', unchanged: 12 }),
      seed: 7,
      casesPerSecond: 240_000,
    })
  })
  const small = rate('insults', 60, 5, 0.95)
  results.push(
    behaviorResult(
      'toxicity@2.0.1',
      'MFT',
      'toPassMFT',
      'passes minimum functionality',
      {
        test: 'MFT',
        overall: small,
        parts: [{ ...small, limit: 0.9 }],
        examples: examples('MFT', [small]).slice(0, 2),
      },
      'inconclusive',
    ),
  )
  const none: PassRate = { name: 'sarcasm', cases: 40, passed: 0, failed: 0, errors: 0, notApplicable: 40 }
  results.push(
    behaviorResult(
      'toxicity@2.0.1',
      'INV',
      'toBeInvariantTo',
      'is invariant to swapped names',
      { test: 'INV', overall: none, parts: [none], examples: [], perturbation: 'swap names' },
      'vacuous',
    ),
  )
  const regression = { ...rate('all', 5800, 41, 0.99), name: 'labelled cases' }
  results.push(
    behaviorResult(
      'sentiment@1.4.0',
      'REG',
      'toBeNoWorseThan',
      'is no worse than 1.3.0',
      { test: 'REG', overall: regression, parts: [], examples: [] },
      'pass',
    ),
  )
  results.push({
    ...behaviorResult('sentiment@1.4.0', 'MFT', 'toHaveAccuracy', 'accuracy at least 0.9', undefined, 'pass'),
    expected: '≥ 0.9',
    measured: '0.921',
    value: 0.921,
  })
  results.push({
    ...behaviorResult(
      'sentiment@1.4.0',
      'MFT',
      'toBeCalibrated',
      'expected calibration error at most 0.05',
      undefined,
      'fail',
    ),
    expected: '≤ 0.05',
    measured: '0.061',
    value: 0.061,
  })
  return results
}

function behaviorResult(
  name: string,
  type: string,
  matcher: string,
  title: string,
  behavior: Behavior | undefined,
  status?: Status,
): CheckResult {
  const own = status ?? ((behavior?.overall.rate ?? 1) < (behavior?.overall.limit ?? 0) ? 'fail' : 'pass')
  return {
    id: `${name}/${matcher}/${type}/${title}`,
    trend: `${name}/${matcher}/${type}/${title}`,
    kind: matcher.slice(2),
    family: 'behavior',
    matcher,
    subject: { type: 'model', name },
    title,
    status: own,
    blocking: own === 'fail' || own === 'vacuous',
    severity: 'error',
    expected: 'pass rate ≥ 95 %',
    measured: behavior?.overall.rate === undefined ? '—' : `${(100 * behavior.overall.rate).toFixed(1)} %`,
    evidence: behavior ? blocks(behavior) : [],
    lineage: { datasets: [], model: { name }, seed: 7 },
    ms: 22.1,
    scans: 0,
    where: { file: 'test/sentiment.test.ts', test: 'negation', line: 31 },
  }
}

type Behavior = Omit<RatesBlock, 'kind'> & { readonly examples: readonly Example[] }

function blocks({ examples: shown, ...rates }: Behavior): CheckResult['evidence'] {
  const total = rates.overall.failed + rates.overall.errors
  return [
    { kind: 'rates', ...rates },
    ...(shown.length > 0 ? [{ kind: 'examples' as const, examples: shown, total }] : []),
  ]
}

function examples(type: 'MFT' | 'INV' | 'DIR', capabilities: readonly PassRate[]): Example[] {
  return capabilities.flatMap(({ name, failed }, c) =>
    Array.from({ length: Math.min(4, failed) }, (_, k) => ({
      name: ['negated positive', 'add "really"', 'swap names', 'move date'][k] as string,
      capability: name,
      input: k === 2 ? (nasty[c % nasty.length] as string) : `The crew was not helpful on flight ${112 + k * 12}.`,
      ...(type === 'MFT'
        ? {}
        : { perturbed: `The crew was not hepful on flight ${112 + k * 12}.`, before: 'negative (0.91)' }),
      expected: type === 'DIR' ? 'positive falls' : 'negative',
      got: `positive (0.8${k})`,
    })),
  )
}
