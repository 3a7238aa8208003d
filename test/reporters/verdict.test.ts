import { describe, expect, test } from 'vitest'
import { failureMessage } from '../../matchers/message.ts'
import { headline } from '../../reporters/headline.ts'
import { verdicts } from '../../reporters/verdict.ts'
import { markdown, terminal } from '../../reporters/index.ts'
import type { CheckResult, NamedSubject, Problem, Status } from '../../src/results/index.ts'
import { document, result } from '../helpers/runDocument.ts'

const statuses: readonly Status[] = ['fail', 'error', 'vacuous', 'warn', 'inconclusive', 'accepted', 'skipped', 'pass']
const blocks = (status: Status): boolean => ['fail', 'error', 'vacuous'].includes(status)
const of = (status: Status, type: 'dataset' | 'model' = 'dataset', blocking = blocks(status)): CheckResult =>
  result({ status, blocking, subject: { type, name: 'subject' } })
const run = (...results: CheckResult[]) => document(results, { datasets: [], models: [] })
const line = (...results: CheckResult[]) => verdicts(run(...results))[0]

describe('what a verdict says of a subject beside one check that passes', () => {
  test.for([
    ['fail', 'does not hold: 1 of 2 checks fails', 'should not ship: 1 of 2 checks fails'],
    ['error', 'is undecided: 1 of 2 checks could not run', 'is undecided: 1 of 2 checks could not run'],
    ['vacuous', 'is undecided: 1 of 2 checks had nothing to judge', 'is undecided: 1 of 2 checks had nothing to judge'],
    ['inconclusive', 'is undecided: 1 of 2 checks is undecided', 'is undecided: 1 of 2 checks is undecided'],
    [
      'accepted',
      'holds but for what is accepted: 1 of 2 checks is an accepted failure',
      'may ship but for what is accepted: 1 of 2 checks is an accepted failure',
    ],
    ['warn', 'holds, with warnings: 1 of 2 checks warns', 'may ship, with warnings: 1 of 2 checks warns'],
    ['skipped', 'holds: 1 of 2 checks was skipped', 'may ship: 1 of 2 checks was skipped'],
    ['pass', 'holds: both checks pass', 'may ship: both checks pass'],
  ] as const)('%s', ([status, dataset, model]) => {
    expect(line(of(status), of('pass'))?.text).toBe(dataset)
    expect(line(of(status, 'model'), of('pass', 'model'))?.text).toBe(model)
    expect(line(of(status), of('pass'))?.status).toBe(status)
    expect(headline(run(of(status), of('pass'))).status).toBe(
      status === 'error' || status === 'vacuous' ? 'fail' : status,
    )
  })
})

test.for(statuses.filter((status) => status !== 'pass'))(
  'a check with status %s is never counted as one that holds or passes',
  (status) => {
    const all = [of(status), of('pass'), of('pass')]
    const texts = [
      headline(run(...all)).text,
      line(...all)?.text ?? '',
      terminal(run(...all), { color: false }),
      markdown(run(...all)),
      failureMessage('expect(subject).toX()', [of('fail'), ...all]),
    ]
    for (const text of texts) expect(text).not.toMatch(/\b3 (\w+ )*(pass|hold)|\ball 3\b/i)
    expect(texts[4]).toContain('2 other checks of this assertion hold')
    if (!blocks(status) && status !== 'accepted') expect(texts[4]).toMatch(/hold, 1 (warns|is undecided|was skipped)$/)
  },
)

test('checks that may fail nothing but are undecided stop no run, and are no pass', () => {
  const undecided = run(of('inconclusive'))
  expect(headline(undecided)).toEqual({
    text: 'The one check is undecided',
    status: 'inconclusive',
  })
  expect(failureMessage('expect(subject).toX()', [of('fail'), of('inconclusive')])).toMatch(
    /\n\nbeside that, 1 is undecided$/,
  )
})

test('a subject whose failure is only that it could not be judged is told apart from one that fails', () => {
  const names = (name: string, status: Status) => result({ status, blocking: true, subject: { type: 'dataset', name } })
  expect(headline(run(names('a', 'fail'), names('b', 'error'), names('c', 'inconclusive'))).text).toBe(
    'a does not hold, 2 of 3 datasets are undecided',
  )
})

test('a skill below the limit of a test that passes is none that fails', () => {
  const rate = { name: 'negation', cases: 4, passed: 2, failed: 2, errors: 0, notApplicable: 0, rate: 0.5, limit: 0.7 }
  const rates = { kind: 'rates', test: 'MFT', overall: { ...rate, name: 'all', rate: 0.8 }, parts: [rate] } as const
  const page = markdown(run({ ...of('pass', 'model'), evidence: [rates] }))
  expect(page).toMatch(/\| negation \| ✓ 50/)
})

test('verdicts that fail the run come first, then what nobody could decide, then the rest as the run has it', () => {
  const about = (name: string, status: Status) =>
    result({ status, blocking: blocks(status), subject: { type: 'dataset', name } })
  const all = run(about('a', 'pass'), about('b', 'inconclusive'), about('c', 'warn'), about('d', 'vacuous'))
  expect(verdicts(all).map(({ name, blocking }) => [name, blocking])).toEqual([
    ['d', true],
    ['b', false],
    ['a', false],
    ['c', false],
  ])
})

test.for(statuses)('a check with status %s that fails its test makes the verdict fail the run', (status) => {
  expect(line(of(status, 'dataset', true), of('pass'))).toMatchObject({ blocking: true })
})

test('a subject of which every check was skipped is not judged, and holds nowhere', () => {
  const all = run(of('skipped'), of('skipped'))
  expect(verdicts(all)).toMatchObject([{ status: 'skipped', text: 'not judged: both checks were skipped' }])
  expect(headline(all)).toEqual({ text: 'Nothing was judged: every check was skipped', status: 'skipped' })
})

describe('a subject that passes what ran is undecided where its file lost tests', () => {
  const passing = result({ subject: { type: 'dataset', name: 'subject' }, where: { file: 'a.test.ts', test: 't' } })
  const lost = { kind: 'hook', text: 'boom', blocking: true, file: 'a.test.ts', tests: 2 } as const
  const verdict = (...problems: readonly Problem[]) =>
    verdicts(document([passing], { datasets: [], models: [], problems }))[0]
  test.for<[string, Problem[], string]>([
    ['to a hook', [lost], 'is undecided: its check passes, but 2 tests of a.test.ts did not run'],
    [
      'to a worker',
      [{ ...lost, kind: 'worker' }],
      'is undecided: its check passes, but 2 tests of a.test.ts did not run to the end',
    ],
    [
      'to two hooks',
      [lost, { ...lost, tests: 1 }],
      'is undecided: its check passes, but 3 tests of a.test.ts did not run',
    ],
    ['and not where another file did', [{ ...lost, file: 'b.test.ts' }], 'holds: its check passes'],
    ['nor where a hook kept none from running', [{ ...lost, tests: 0 }], 'holds: its check passes'],
    ['nor where a test fails by itself', [{ ...lost, kind: 'test' }], 'holds: its check passes'],
  ])('%s', ([, problems, text]) => {
    expect(verdict(...problems)?.text).toBe(text)
    expect(verdict(...problems)?.blocking).toBe(text.startsWith('is undecided'))
  })

  test('or as many tests ended before they judged it', () => {
    const undecided: NamedSubject[] = [{ type: 'dataset', name: 'subject' }]
    const ended = (name: string): Problem => ({ kind: 'test', text: 'boom', blocking: true, test: name, undecided })
    expect(verdict(ended('a'))?.reason).toBe('its check passes, but the test "a" ended before it had judged it')
    expect(verdict(ended('a'), ended('b'))?.reason).toBe(
      'its check passes, but 2 tests ended before they had judged it',
    )
  })
})
