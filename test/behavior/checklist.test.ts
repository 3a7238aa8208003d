import { describe, expect, test } from 'vitest'
import { type InvarianceOptions, invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { type DirectionOptions, movesWith } from '../../src/behavior/kinds/movesWith.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import type { Answer } from '../../src/models/answer.ts'
import { model } from '../../src/models/model.ts'
import { perturb } from '../../src/perturbations/index.ts'
import { seeded } from '../../src/stats/random.ts'
import { examplesOf, overallOf } from '../helpers/blocks.ts'

// What CheckList (Ribeiro et al. 2020, checklist/expect.py) makes of groups of softmax vectors, written down naively. A case
// is a list, the original first; None is a question that does not apply.
type Softmax = readonly [number, number, number]
type Verdict = boolean | undefined
const argmax = (p: Softmax): number => p.indexOf(Math.max(...p))

const inv =
  (tolerance: number) =>
  (first: Softmax, p: Softmax): Verdict =>
    argmax(p) === argmax(first) || Math.abs((p[argmax(first)] as number) - Math.max(...first)) <= tolerance
const monotonic =
  (label: number | undefined, increasing: boolean, tolerance: number) =>
  (first: Softmax, p: Softmax): Verdict => {
    const of = label ?? argmax(first)
    const was = first[of] as number
    if (increasing ? was <= tolerance : was >= 1 - tolerance) return undefined
    const moved = (p[of] as number) - was
    return increasing ? moved + tolerance >= 0 : moved - tolerance <= 0
  }
const sliced =
  (keep: (first: Softmax) => boolean, expect: typeof monotonic extends (...a: never) => infer R ? R : never) =>
  (first: Softmax, p: Softmax): Verdict =>
    keep(first) ? expect(first, p) : undefined

function tally(groups: readonly (readonly Softmax[])[], expectation: (first: Softmax, p: Softmax) => Verdict) {
  let [passed, failed, notApplicable] = [0, 0, 0]
  for (const [first, ...rest] of groups) {
    const verdicts = rest.map((p) => expectation(first as Softmax, p)).filter((one) => one !== undefined)
    if (verdicts.length === 0) notApplicable++
    else if (verdicts.every(Boolean)) passed++
    else failed++
  }
  return { passed, failed, notApplicable, errors: 0 }
}

/** Groups of random vectors in twentieths, so that limits are met exactly. */
function randomGroups(seed: number): Softmax[][] {
  const random = seeded(seed)
  const vector = (): Softmax => {
    const [a, b] = [Math.floor(random() * 21), Math.floor(random() * 21)]
    const [low, high] = [Math.min(a, b), Math.max(a, b)]
    return [low / 20, (high - low) / 20, (20 - high) / 20]
  }
  return Array.from({ length: 200 }, () => Array.from({ length: 2 + Math.floor(random() * 3) }, vector))
}

const labels = ['negative', 'neutral', 'positive']
const asScores = (p: Softmax) => ({
  label: labels[argmax(p)] as string,
  scores: Object.fromEntries(labels.map((name, i) => [name, p[i] as number])),
})
const scoreOf = (answer: Answer, label: unknown): number => answer.scores?.[String(label)] as number
const labelIn = ({ value }: Answer): string => (value as { label: string }).label

const bound = 1e-9
const invariances: readonly (readonly [string, (first: Softmax, p: Softmax) => Verdict, Partial<InvarianceOptions>])[] =
  [
    ['the same label', (first, p) => argmax(first) === argmax(p), {}],
    [
      'the same label, or nearly the probability that it had',
      inv(0.1 + bound),
      {
        same: (before, after) =>
          labelIn(before) === labelIn(after) ||
          Math.abs(scoreOf(after, labelIn(before)) - scoreOf(before, labelIn(before))) <= 0.1 + bound,
      },
    ],
    [
      'the same label, told later, where it is not neutral',
      sliced(
        (first) => argmax(first) !== 1,
        (first, p) => argmax(first) === argmax(p),
      ),
      { same: async (before, after) => labelIn(before) === labelIn(after), where: (one) => labelIn(one) !== 'neutral' },
    ],
  ]
const given = ({ value }: Answer, before: Answer): number =>
  scoreOf({ value, scores: (value as { scores: Record<string, number> }).scores } as Answer, labelIn(before))
const directions: readonly (readonly [
  string,
  (first: Softmax, p: Softmax) => Verdict,
  Omit<DirectionOptions, 'over'>,
])[] = [true, false].flatMap((increasing) => {
  const direction = increasing ? ('up' as const) : ('down' as const)
  return [0, 0.1].flatMap((tolerance) => [
    [
      `positive ${direction}, tolerance ${tolerance}`,
      monotonic(2, increasing, tolerance + (tolerance === 0 ? 0 : Number.EPSILON)),
      { score: 'positive', direction, by: -tolerance },
    ] as const,
    [
      `what it said at first ${direction}, tolerance ${tolerance}`,
      monotonic(undefined, increasing, tolerance + (tolerance === 0 ? 0 : Number.EPSILON)),
      { score: given, direction, by: -tolerance },
    ] as const,
    [
      `what it said at first ${direction}, tolerance ${tolerance}, where that is not neutral`,
      sliced(
        (first) => argmax(first) !== 1,
        monotonic(undefined, increasing, tolerance + (tolerance === 0 ? 0 : Number.EPSILON)),
      ),
      { score: given, direction, by: -tolerance, where: (one: Answer) => labelIn(one) !== 'neutral' },
    ] as const,
  ])
})

describe.each([1, 2, 3])('groups of forms drawn with seed %i are judged as CheckList does', (seed) => {
  const groups = randomGroups(seed)
  const said = new Map<string, Softmax>()
  const named = groups.map((group, g) =>
    group.map((vector, i) => {
      said.set(`${g}.${i}`, vector)
      return `${g}.${i}`
    }),
  )
  const tested = model(`m@${seed}`, (text: string) => asScores(said.get(text) as Softmax))
  const forms = perturb.given(named)
  test.each(invariances)('invariance: %s', async (_, expectation, options) => {
    const [result] = await evaluate(invariantTo(tested, forms, { over: forms.inputs, ...options }))
    expect(overallOf(result)).toMatchObject(tally(groups, expectation))
  })
  test.each(directions)('direction: %s', async (_, expectation, options) => {
    const [result] = await evaluate(movesWith(tested, forms, { over: forms.inputs, ...options }))
    expect(overallOf(result)).toMatchObject(tally(groups, expectation))
  })
})

test('groups that begin alike stay apart', async () => {
  const forms = perturb.given([['a', 'b'], ['a', 'c'], { input: 'a', forms: ['a'] }])
  const tested = model('m@1', (text: string) => (text === 'c' ? 'no' : 'yes'))
  const [result] = await evaluate(invariantTo(tested, forms, { over: forms.inputs }))
  expect(overallOf(result)).toMatchObject({ passed: 1, failed: 1, notApplicable: 1 })
  const [other] = await evaluate(invariantTo(tested, forms, { over: ['x', 'y', 'z', 'a'] }))
  expect(overallOf(other), 'over other inputs they are one').toMatchObject({ failed: 1, notApplicable: 3 })
  const inField = perturb.inField('text', forms)
  const [record] = await evaluate(
    invariantTo(
      model('m@2', ({ text }: { text: string }) => text === 'c'),
      inField,
      { over: [{ text: 'a' }] },
    ),
  )
  expect(overallOf(record), 'in a field they are one').toMatchObject({ failed: 1 })
})

test('of lists, each of which is a form, no group is passed over', async () => {
  const tested = model('m@1', (list: number[]) => list[0] === 3)
  const forms = perturb.given([
    [[1], [2]],
    [[1], [3]],
  ])
  const [result] = await evaluate(invariantTo(tested, forms, { over: forms.inputs }))
  expect(overallOf(result)).toMatchObject({ passed: 1, failed: 1 })
  const [other] = await evaluate(invariantTo(tested, forms, { over: [[5], [6], [1]] }))
  expect(other?.status).toBe('error')
})

test('the form that failed is shown, with why, also where that is told later', async () => {
  const forms = perturb.given([['a', 'b', 'c', 'd']])
  const tested = model('m@1', (text: string) => text.toUpperCase())
  const same: InvarianceOptions['same'] = async (_before, after, inputs) => ({
    passed: after.value !== 'C',
    reason: `${String(inputs.before)} became ${String(inputs.after)}`,
  })
  const [result] = await evaluate(invariantTo(tested, forms, { over: forms.inputs, same }))
  expect(examplesOf(result)?.examples[0]).toMatchObject({ perturbed: 'c', got: 'C', before: 'A', reason: 'a became c' })
})

test.each<[string, Partial<InvarianceOptions>]>([
  ['same() said yes, not true or false', { same: () => 'yes' as never }],
  ['same() said undefined, not true or false', { same: () => undefined as never }],
  ['same() threw no', { same: () => Promise.reject(new Error('no')) }],
  ['where() said 1, not true or false', { where: () => 1 as never }],
  ['where() threw', { where: ({ value }) => (value as never as { a: { b: boolean } }).a.b }],
])('what says neither is an error of its case: %s', async (message, options) => {
  const tested = model('m@1', (text: string) => text)
  const [result] = await evaluate(invariantTo(tested, perturb.uppercase(), { over: ['a'], ...options }))
  expect(result).toMatchObject({ status: 'error' })
  expect(examplesOf(result)?.examples[0]?.got).toContain(message)
})

test.each<[string, object]>([
  ['a string as same', { same: 'x' }],
  ['same and tolerance', { same: () => true, tolerance: 0.1 }],
  ['same and becomes', { same: () => true, becomes: { a: 'b' } }],
  ['a string as where', { where: 'x' }],
])('wrong options are named: %s', (message, options) => {
  const tested = model('m@1', (text: string) => text)
  expect(() => invariantTo(tested, perturb.uppercase(), { over: ['a'], ...options })).toThrow(message)
})
