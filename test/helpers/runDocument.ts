import type { CheckResult } from '../../src/results/checkResult.ts'
import type { RunDocument } from '../../src/results/runDocument.ts'
import { sharedQueries } from '../../src/results/sharedQueries.ts'
import { behaviorResults } from './run/behaviorResults.ts'
import { datasets } from './run/datasets.ts'
import { driftResults } from './run/driftResults.ts'
import { ruleResult, statusOf } from './run/ruleResult.ts'

export { nasty } from './run/nasty.ts'

/** A run of `checks` results over two datasets and two models, with every status and every kind of evidence. */
export function generate(checks = 60): RunDocument {
  const results: CheckResult[] = []
  const special = [...behaviorResults(), ...driftResults()]
  results.push(...special.slice(0, checks))
  for (let i = 0; results.length < checks; i++) results.push(ruleResult(i, statusOf(i)))
  return document(results)
}

/** A run made of exactly these results. */
export function document(results: readonly CheckResult[], overrides: Partial<RunDocument> = {}): RunDocument {
  return {
    schema: 'assay/run/1',
    at: '2026-11-23T04:12:09.000Z',
    title: 'orders · nightly',
    durationMs: 6412,
    environment: { assay: '0.1.0', node: '20.20.2', runner: 'vitest 4.1.12', ci: true, platform: 'linux x64' },
    commit: '3fa91c2b77d0c1aa04f8e2b3c4d5e6f708192a3b',
    branch: 'main',
    datasets: datasets(),
    models: [
      { name: 'sentiment@1.4.0', fingerprint: 'sha256:9b1c…e0', predictions: 18_240 },
      { name: 'toxicity@2.0.1', predictions: 2_400 },
    ],
    ...sharedQueries(results),
    outcome: {
      status: results.some(({ blocking }) => blocking) ? 'failed' : 'passed',
      exitCode: results.some(({ blocking }) => blocking) ? 1 : 0,
      tests: { found: 132, ran: 132 },
      files: { found: 9, ran: 9 },
    },
    problems: [],
    tests: { passed: 128, failed: 0, skipped: 3 },
    notes: ['The waiver for "orders/valuesIn/region" names a check that did not run.'],
    ...overrides,
  }
}

/** One plain result; every field can be replaced. */
export function result(overrides: Partial<CheckResult> = {}): CheckResult {
  return { ...ruleResult(0, 'pass'), ...overrides }
}

/** A failing result that says the same text wherever data can speak. */
export function hostileResult(text: string): CheckResult {
  return result({
    status: 'fail',
    blocking: true,
    title: text,
    expected: text,
    measured: text,
    message: text,
    subject: { type: 'dataset', name: text, column: text },
    where: { file: text, test: text, line: 3 },
  })
}
