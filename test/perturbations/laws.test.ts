import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invariantTo } from '../../src/behavior/kinds/invariantTo.ts'
import { variantsOf } from '../../src/behavior/perturbed/variants.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { lexicons } from '../../src/lexicons/lexicons.ts'
import { model } from '../../src/models/model.ts'
import { drawing, swapWords, wordsOf } from '../../src/perturbations/define.ts'
import { type Perturbation, perturb } from '../../src/perturbations/index.ts'

const record = { text: 'Mary was good', n: 12, share: 0.25, kind: 'a', day: '2026-03-01', at: '2026-03-01T10:00:00Z' }
const json = '{"a": [1, 2], "b": {"c": "d"}}'

/** Each perturbation with an input that it changes, what comes of that, and an input where there is nothing to change. */
const table: Readonly<Record<keyof typeof perturb, readonly [Perturbation, unknown, unknown, unknown]>> = {
  absent: [perturb.absent('n'), { n: 1, m: 2 }, { m: 2 }, { m: 2 }],
  append: [perturb.append('So there.'), 'Well.', 'Well. So there.', ' '],
  attribute: [perturb.attribute('sex', ['f', 'm', 'x']), { sex: 'f' }, [{ sex: 'm' }, { sex: 'x' }], { age: 3 }],
  calendar: [perturb.calendar(), 'on Monday, 2026-03-01', /^on \w+day, 2026-03-\d\d$/, 'in May'],
  composed: [perturb.composed(perturb.lowercase(), perturb.append('x')), 'A', 'a x', ''],
  confusables: [perturb.confusables(), 'ooo', /о/, '123'],
  contracted: [perturb.contracted(), 'That is here. We do not know', "That's here. We don't know", 'nothing here'],
  decomposed: [perturb.decomposed(), 'é', 'e\u0301', 'e'],
  doubledLetters: [perturb.doubledLetters(), 'ab', /^(aab|abb)$/, '12'],
  droppedLetters: [perturb.droppedLetters(), 'abc', 'ac', 'ab 12'],
  each: [perturb.each([perturb.uppercase(), perturb.lowercase()]), 'aB', ['AB', 'ab'], '1'],
  emoji: [perturb.emoji(), 'Hello', /^Hello \p{Emoji}/u, ''],
  expanded: [perturb.expanded(), "I can't. It’s fine", 'I cannot. It is fine', 'I cannot'],
  extraField: [perturb.extraField('x', 1), { a: 1 }, { a: 1, x: 1 }, { x: 2 }],
  fieldOrder: [perturb.fieldOrder(), { a: 1, b: { c: 1, d: 2 } }, { a: 1, b: { c: 1, d: 2 } }, { a: 1 }],
  gender: [perturb.gender(), 'She met her mother and HIS sons', 'He met his father and HER daughters', 'They met'],
  given: [
    perturb.given([
      ['a', 'b', 'c'],
      ['d', 'd'],
    ]),
    'a',
    ['b', 'c'],
    'd',
  ],
  groupTerms: [perturb.groupTerms(), 'a German Muslim', /^an? (?!German)\w+ (?!Muslim)\w+$/, 'a good day'],
  handle: [perturb.handle(), 'hi', /^@user\d{4} hi$/, ''],
  inField: [perturb.inField('t', perturb.uppercase()), { t: 'a', u: 'a' }, { t: 'A', u: 'a' }, { u: 'a' }],
  jitter: [perturb.jitter('n', { by: 3, min: 0 }), { n: 1 }, { n: expect.any(Number) }, { m: 1 }],
  jsonSpacing: [perturb.jsonSpacing(), json, JSON.stringify(JSON.parse(json), null, 2), 'text'],
  keyboard: [perturb.keyboard(), 'Q', /^[WA]$/, '1'],
  lowercase: [perturb.lowercase(), 'AbC', 'abc', 'abc'],
  missing: [perturb.missing('n'), { n: 1 }, { n: null }, { m: 1 }],
  names: [perturb.names(), 'Mary met Mary and John', /^(?!Mary)(\w+) met \1 and (?!John)\w+$/, 'Nobody'],
  negated: [perturb.negated(), 'This is good', 'This is not good', 'This is not good'],
  noAccents: [perturb.noAccents(), 'déjà vu', 'deja vu', 'deja'],
  noise: [perturb.noise(), new Uint8Array([0, 128, 255, 7, 9]), expect.any(Uint8Array), 'text'],
  noPunctuation: [perturb.noPunctuation(), "Well, don't!", "Well don't", 'well'],
  numberWords: [perturb.numberWords(), '3 of 12', 'three of twelve', '3.5 13 1:2'],
  numbers: [perturb.numbers(), '1234 or 5', /^(?!1234)\d{4} or 5$/, '5 3.14 A12'],
  ocr: [perturb.ocr(), 'O', '0', 'xyz'],
  of: [perturb.of((text: string) => (text === 'a' ? 'b' : undefined)), 'a', 'b', 'c'],
  oneOf: [perturb.oneOf([perturb.uppercase()]), 'a', 'A', '1'],
  otherZone: [perturb.otherZone('at', 2), record, { ...record, at: '2026-03-01T12:00:00+02:00' }, { at: 'x' }],
  paraphrased: [perturb.paraphrased({ film: 'movie' }), 'Film and films', 'Movie and films', 'movie'],
  placeNames: [perturb.placeNames(), 'from Buenos Aires', /^from (?!Buenos Aires)/, 'from here'],
  prepend: [perturb.prepend('So:'), 'yes', 'So: yes', ''],
  professions: [perturb.professions(), 'the nurse', /^the (?!nurse)\w+$/, 'the chair'],
  punctuation: [perturb.punctuation(), 'Hello!', ['Hello', 'Hello.'], ''],
  rounded: [perturb.rounded('share', 1), { share: 0.25 }, { share: 0.3 }, { n: 1 }],
  scaled: [perturb.scaled('n', 1000), { n: 2 }, { n: 2000 }, { n: '2' }],
  shiftedDate: [perturb.shiftedDate('day', -1), record, { ...record, day: '2026-02-28' }, { day: 'soon' }],
  swapped: [perturb.swapped('kind', ['a', 'b']), record, { ...record, kind: 'b' }, { n: 1 }],
  titleCase: [perturb.titleCase(), "it's a day", "It's A Day", 'A'],
  truncated: [perturb.truncated({ keep: 0.5 }), 'one two three four', 'one two', 'one'],
  typos: [perturb.typos(), 'ab', 'ba', 'aa'],
  uppercase: [perturb.uppercase(), 'ab', 'AB', 'AB'],
  url: [perturb.url(), 'see', /^see https:\/\/example\.com\/[a-z]{6}$/, ''],
  whitespace: [perturb.whitespace(), 'a b', 'a  b', ''],
}
const all = Object.entries(table)

test('every perturbation stands in the table', () => {
  expect(Object.keys(table).sort()).toEqual(Object.keys(perturb).sort())
})

describe.each(all)('%s', (_, [perturbation, input, wanted, unchanged]) => {
  test('makes what it says, and says where there is nothing to change', () => {
    const made = perturbation.apply(input)
    if (wanted instanceof RegExp) expect(made).toMatch(wanted)
    else expect(made).toEqual(wanted)
    const variants = variantsOf(perturbation, input)
    expect(Array.isArray(variants) && variants.length).toBeGreaterThan(0)
    expect(variantsOf(perturbation, unchanged)).toEqual([])
  })

  test('has a name and a seed, does the same each time, and leaves its input as it is', () => {
    expect(perturbation.name).toMatch(/\S/)
    expect(Number.isFinite(perturbation.seed)).toBe(true)
    const before = structuredClone(input)
    expect(perturbation.apply(input)).toEqual(perturbation.apply(input))
    expect(input).toEqual(before)
  })
})

test('whatever the input is, nothing is thrown, and what changed is of its kind', () => {
  const inputs = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.lorem({ mode: 'sentences' }),
    fc.record({ n: fc.double(), text: fc.string(), kind: fc.string(), day: fc.string(), at: fc.string() }),
    fc.jsonValue(),
    fc.uint8Array(),
  )
  fc.assert(
    fc.property(inputs, fc.constantFrom(...all), (input, [, [perturbation]]) => {
      const variants = variantsOf(perturbation, input)
      expect(Array.isArray(variants), JSON.stringify(variants)).toBe(true)
      for (const variant of variants as unknown[]) expect(typeof variant).toBe(typeof input)
    }),
    { numRuns: 3000 },
  )
})

test('another seed draws otherwise', () => {
  const text = 'Mary flew from Paris to Oslo with John on Monday, paid 1234 and was happy about all of it'
  const drawn = [
    'droppedLetters',
    'doubledLetters',
    'keyboard',
    'names',
    'placeNames',
    'numbers',
    'typos',
    'ocr',
    'url',
  ]
  for (const name of drawn as (keyof typeof perturb)[]) {
    const make = perturb[name] as (options: { seed: number }) => Perturbation
    const made = new Set(Array.from({ length: 20 }, (_, seed) => make({ seed }).apply(text)))
    expect(made.size, name).toBeGreaterThan(3)
  }
})

test('n places are changed, each once', () => {
  for (const name of ['keyboard', 'confusables', 'ocr', 'typos'] as const) {
    const text = 'shop close escape paper exact aces coxes'
    const one = perturb[name]({ n: 1 }).apply(text) as string
    const three = perturb[name]({ n: 3 }).apply(text) as string
    const changes = (made: string) => Array.from(made).filter((character, i) => character !== text[i]).length
    if (one.length === text.length && three.length === text.length) expect(changes(three)).toBeGreaterThan(changes(one))
    expect(() => perturb[name]({ n: 0 })).toThrow('n: 0')
  }
})

test('the same text in two fields is changed alike', () => {
  const both = perturb.inField(['a', 'b'], perturb.names()).apply({ a: 'Mary is here', b: 'Mary is here' }) as Record<
    string,
    string
  >
  expect(both.a).toBe(both.b)
  expect(both.a).not.toContain('Mary')
})

test('an order of fields that a model heeds is found', () => {
  const made = perturb.fieldOrder().apply({ a: 1, b: 2, c: 3 }) as object
  expect(Object.keys(made)).not.toEqual(['a', 'b', 'c'])
})

test('a number becomes another one of as many digits, each as likely as the next', () => {
  const drawn = (text: string) =>
    Array.from({ length: 1500 }, (_, seed) => perturb.numbers({ seed }).apply(`no. ${text}`) as string)
  for (const text of ['10', '42', '99']) {
    const seen = new Set(drawn(text).map((made) => made.slice(4)))
    expect(seen.has(text)).toBe(false)
    expect([...seen].every((made) => /^[1-9]\d$/.test(made))).toBe(true)
    // Of 89 others all but a few are drawn by so many seeds.
    expect(seen.size).toBeGreaterThan(85)
  }
  expect(drawn('7')[0]).toBe('no. 7')
})

test('a jitter moves no number further than it says, a share of it neither', () => {
  const by = fc.double({ min: 0.01, max: 20, noNaN: true })
  fc.assert(
    fc.property(fc.oneof(fc.integer({ min: -99, max: 99 }), fc.constant(0.5)), by, fc.integer(), (n, most, seed) => {
      const moved = (relative: boolean) =>
        (perturb.jitter('n', { by: most, relative, seed }).apply({ n }) as { n: number }).n
      expect(Math.abs(moved(false) - n)).toBeLessThanOrEqual(most)
      expect(Math.abs(moved(true) - n)).toBeLessThanOrEqual(most * Math.abs(n))
      expect(Number.isInteger(moved(false))).toBe(Number.isInteger(n))
    }),
  )
})

test('one of several is another one by another seed, and the same one by the same', () => {
  const made = (seed: number) => perturb.oneOf([perturb.uppercase(), perturb.lowercase()], { seed }).apply('Some Text')
  const all = Array.from({ length: 40 }, (_, seed) => made(seed))
  expect(new Set(all)).toEqual(new Set(['SOME TEXT', 'some text']))
  expect(all.map((_, seed) => made(seed))).toEqual(all)
})

test('what is drawn depends on the input: not all texts are changed in the same place', () => {
  const letters = 'abcdefghijklmnopqrstuvwxyz'
  const places = Array.from(letters, (letter) => {
    const text = `${letter}bcdefghijklmnopq`
    const made = perturb.droppedLetters().apply(text) as string
    return Array.from(text).findIndex((character, i) => character !== made[i])
  })
  expect(new Set(places).size).toBeGreaterThan(5)
})

test('the longest words of a list are found first', () => {
  expect('from New York City to New York'.match(wordsOf(['New York', 'York', 'New York City']))).toEqual([
    'New York City',
    'New York',
  ])
})

test('two words of a list stay two', () => {
  for (let seed = 0; seed < 200; seed++) {
    const [a, b, again] = swapWords('w x w', ['w', 'x', 'y', 'z'], drawing(String(seed))).split(' ')
    expect(a).not.toBe('w')
    expect(b).not.toBe('x')
    expect(a).not.toBe(b)
    expect(again).toBe(a)
  }
})

test('a jitter stays within its limits and whole numbers stay whole', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100 }), fc.integer({ min: 1, max: 20 }), fc.integer(), (n, by, seed) => {
      const { n: moved } = perturb.jitter('n', { by, min: 0, max: 100, seed }).apply({ n }) as { n: number }
      expect(Number.isInteger(moved)).toBe(true)
      expect(Math.abs(moved - n)).toBeLessThanOrEqual(by)
      expect(moved).toBeGreaterThanOrEqual(0)
      expect(moved).toBeLessThanOrEqual(100)
    }),
  )
})

test.each<[() => unknown, string]>([
  [() => perturb.append(''), 'an empty text as sentence'],
  [() => perturb.attribute('sex', ['f']), 'as values'],
  [() => perturb.composed(), 'needs perturbations'],
  [() => perturb.given([]), 'got no group'],
  [() => perturb.given([['a']]), 'without a form at 0'],
  [() => perturb.given([{ forms: ['a'] }]), 'without an input at 0'],
  [() => perturb.given([[[1], [2], [3]]]), 'several forms of a list at 0'],
  [() => perturb.given('a' as never), 'got a string'],
  [() => perturb.each([]), 'needs perturbations'],
  [() => perturb.swapped('kind', ['a', 'a']), 'one value alone as values'],
  [() => perturb.attribute('kind', [1n, 1]), 'one value alone as values'],
  [() => perturb.jitter('n', { by: 1, min: 3, max: 2 }), 'min: 3 and max: 2'],
  [() => perturb.shiftedDate('d', 0.5), 'days: 0.5'],
  [() => perturb.inField('a', perturb.typos(), { together: true }), 'together for one field'],
  [() => perturb.inField([], perturb.typos()), 'got no field'],
  [() => perturb.inField('a', {} as never), 'needs a perturbation'],
  [() => perturb.jitter('n', { by: 0 }), 'by: 0'],
  [() => perturb.noise({ by: 0 }), 'by: 0'],
  [() => perturb.of(3 as never), 'got a number'],
  [() => perturb.oneOf([]), 'needs perturbations'],
  [() => perturb.otherZone('at', 99), 'hours: 99'],
  [() => perturb.paraphrased({}), 'an empty table'],
  [() => perturb.rounded('n', -1), 'decimals: -1'],
  [() => perturb.scaled('n', 1), 'factor: 1'],
  [() => perturb.shiftedDate('d', 0), 'days: 0'],
  [() => perturb.truncated({ keep: 1 }), 'keep: 1'],
])('wrong arguments are named: %s', (make, message) => {
  expect(make).toThrow(message)
})

test.each([
  [perturb.scaled('n', 1000), { n: 2n }, { n: 2000n }],
  [perturb.scaled('n', 0.5), { n: 3n }, { n: 1.5 }],
  [perturb.scaled('n', 2), { n: 2n ** 60n }, { n: 2n ** 61n }],
  [perturb.jitter('n', { by: 1, min: 5 }), { n: 4n }, { n: 5n }],
  [
    perturb.jitter('n', { by: 3 }),
    { n: 10n },
    { n: expect.toSatisfy((n) => typeof n === 'bigint' && n !== 10n) as bigint },
  ],
  [perturb.swapped('n', [1, 2]), { n: 1n }, { n: 2 }],
  [perturb.attribute('n', [1n, 2, 3]), { n: 2n }, [{ n: 1n }, { n: 3 }]],
  [perturb.of((row: { n: bigint }) => ({ n: -row.n })), { n: 7n }, { n: -7n }],
  [perturb.oneOf([perturb.scaled('n', 2)]), { n: 7n }, { n: 14n }],
])('$0.name changes a whole number of a dataset, which is a bigint: %$', (perturbation, input, expected) => {
  expect(perturbation.apply(input)).toEqual(expected)
})

test('words are swapped for words, however many of a list a text holds', () => {
  const all = [...new Set(Object.values(lexicons).flatMap((list) => [...list, ...list.map((word) => `the ${word}`)]))]
  for (const perturbation of [perturb.groupTerms(), perturb.names(), perturb.placeNames(), perturb.professions()])
    for (let seed = 0; seed < 3; seed++)
      expect(String(perturbation.apply(`${all.slice(seed).join(', ')}.`))).not.toMatch(/undefined/)
  expect(swapWords('x y z', ['x', 'y', 'z'], drawing('1'))).toMatch(/^[xyz] [xyz] [xyz]$/)
})

test.each([
  [perturb.typos(), [{ a: 'text' }, 1], 'no input is a text: perturb.inField changes one in a record'],
  [perturb.inField('txt', perturb.typos()), [{ text: 'text' }], 'no input has the field "txt"'],
  [perturb.inField(['a', 'b'], perturb.typos()), [{ text: 'text' }], 'no input has the field "a" or "b"'],
  [perturb.jitter('agee', { by: 1 }), [{ age: 1 }], 'no input has the field "agee"'],
  [perturb.missing('agee'), [{ age: 1 }, 'x'], 'no input has the field "agee"'],
  [perturb.extraField('x', 1), ['text'], 'no input is a record'],
] as const)('$0.name says why it changed nothing anywhere: $2', async (perturbation, over, why) => {
  const [result] = await evaluate(
    invariantTo(
      model('m@1', () => 'x'),
      perturbation,
      { over: [...over] },
    ),
  )
  expect(result).toMatchObject({
    status: 'vacuous',
    blocking: true,
    message: expect.stringMatching(`nothing was shown: ${why}$`) as string,
  })
})
