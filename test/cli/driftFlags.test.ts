import { Command } from 'commander'
import { expect, test } from 'vitest'
import { declareDrift, givenDrift } from '../../src/cli/driftFlags.ts'
import { checkedDriftOptions } from '../../src/drift/checkedOptions.ts'
import type { DriftOptions } from '../../src/drift/options.ts'

const usual: DriftOptions = { onInconclusive: 'warn', severity: 'error' }

function parsed(...flags: string[]): DriftOptions {
  const parser = declareDrift(new Command().exitOverride().configureOutput({ writeErr: () => {} }))
  return givenDrift(parser.parse(flags, { from: 'user' }).opts())
}

test.each<[string[], DriftOptions]>([
  [[], {}],
  [['--limit', '0.2'], { limit: 0.2 }],
  [['--limit', '*=0.1,country=0.2', '--limit', '"a,b=c=0.3"'], { limit: { '*': 0.1, country: 0.2, 'a,b=c': 0.3 } }],
  [['--method', 'psi', '--columns', 'x,y', '--except', 'z'], { method: 'psi', columns: ['x', 'y'], except: ['z'] }],
  [['--method', 'amount=wasserstein'], { method: { amount: 'wasserstein' } }],
  [['--compat', 'evidently', '--method', 'ks'], { compat: 'evidently', method: 'ks' }],
  [
    ['--findings', 'missing=0.01,spread=false', '--findings', 'odds=3'],
    { findings: { missing: 0.01, spread: false, odds: 3 } },
  ],
  [['--no-findings'], { findings: false }],
  [
    ['--roles', 'label=churned,time=created,time=changed,ignore=note'],
    { roles: { label: 'churned', time: ['created', 'changed'], ignore: ['note'] } },
  ],
  [['--drifted-share', '30%'], { driftedShare: 0.3 }],
  [['--segment-by', 'country', '--cluster-by', 'session'], { segmentBy: 'country', clusterBy: 'session' }],
  [['--windows', 'time=at,every=week'], { windows: { time: 'at', every: 'week' } }],
  [['--join-by', 'id,day'], { joinBy: ['id', 'day'] }],
  [['--multivariate'], { multivariate: true }],
  [['--multivariate', '0.1'], { multivariate: { limit: 0.1 } }],
  [['--confidence', '99%', '--alpha', '0.01'], { confidence: 0.99, alpha: 0.01 }],
  [['--confidence', '*=0.9,amount=99%'], { confidence: { '*': 0.9, amount: 0.99 } }],
  [['--across-runs'], { acrossRuns: true }],
  [
    ['--on-inconclusive', 'amount=fail', '--severity', 'warn'],
    { onInconclusive: { amount: 'fail' }, severity: 'warn' },
  ],
])('%j are options of drift', (flags, options) => {
  expect(parsed(...flags)).toEqual({ ...usual, ...options })
  expect(checkedDriftOptions(parsed(...flags))).toMatchObject(options)
})

test.each([
  [['--limit', 'much'], 'It is not a number'],
  [['--limit', '=0.1'], 'Each is a name'],
  [['--findings', 'missing'], 'Each is a name'],
  [['--compat', 'nobody'], 'evidently'],
])('%j are refused in words', (flags, words) => {
  expect(() => parsed(...flags)).toThrow(words)
})
