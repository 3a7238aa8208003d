import { describe, expect, test } from 'vitest'
import { type Perturbation, perturb } from '../../src/perturbations/index.ts'

/** What comes of texts; the same text where there is nothing to change. */
const table: readonly (readonly [name: string, perturbation: Perturbation, cases: Readonly<Record<string, string>>])[] =
  [
    [
      'contractions are made where a native writes one',
      perturb.contracted(),
      {
        'That film is not good': "That film isn't good",
        'It is not good': "It's not good",
        'I know what it is.': 'I know what it is.',
        'Yes, he is.': 'Yes, he is.',
        'He is here': "He's here",
        'I DO NOT LIKE IT': "I DON'T LIKE IT",
        'You can not go': "You can't go",
        'They let us in': 'They let us in',
        'John’s book is not here': 'John’s book isn’t here',
        'John’s book': 'John’s book',
        'I would go': "I'd go",
      },
    ],
    [
      'contractions are written in full where they stand for one thing',
      perturb.expanded(),
      {
        "I'm sure it isn't": 'I am sure it is not',
        "HE DOESN'T": 'HE DOES NOT',
        "he's gone": "he's gone",
        "I'd been": "I'd been",
        'it’s John’s': 'it is John’s',
        "the dogs' don'ts": "the dogs' don'ts",
        "Let's go": 'Let us go',
      },
    ],
    [
      'who is spoken of becomes another, whatever stands behind the word',
      perturb.gender(),
      {
        "He's a doctor and she'll wait": "She's a doctor and he'll wait",
        "the boy's dog, the boys' dog": "the girl's dog, the girls' dog",
        'The book is his. It is his book': 'The book is hers. It is her book',
        'It is hers': 'It is his',
        'I saw her yesterday with her dog': 'I saw him yesterday with his dog',
        '“Women” and ‘men’': '“Men” and ‘women’',
        'Mrs Smith': 'Mr Smith',
        'I miss London': 'I miss London',
        'Miss Smith': 'Mr Smith',
        'other theme': 'other theme',
      },
    ],
    [
      'a statement is denied, a question and what is denied already are not',
      perturb.negated(),
      {
        'Is it? It is good': 'Is it? It is not good',
        'It can be': 'It cannot be',
        'THIS IS BAD': 'THIS IS NOT BAD',
        'Will is here': 'Will is not here',
        'I have a dog': 'I have a dog',
        'I have seen it': 'I have not seen it',
        'Is it good?': 'Is it good?',
        'It isn’t': 'It isn’t',
        'this-is it': 'this-is it',
      },
    ],
    [
      'numbers are words where a word may stand',
      perturb.numberWords(),
      { 'I have 3': 'I have three', '$5 and 5%, #3, 3.5': '$5 and 5%, #3, 3.5', '2 of 12.': 'two of twelve.' },
    ],
    [
      'dates stay dates',
      perturb.shiftedDate('day', 1),
      {
        '2024-02-28': '2024-02-29',
        '2024-02-30': '2024-02-30',
        '9999-12-31': '9999-12-31',
        '2024-12-31T23:30:00+02:00': '2025-01-01T23:30:00+02:00',
        '2024-03-30 01:30:00.123456': '2024-03-31 01:30:00.123456',
        '2024-03-30abc': '2024-03-30abc',
      },
    ],
    [
      'an instant stays the same in another zone, as exactly as it was',
      perturb.otherZone('day', 5.5),
      {
        '2024-12-31T20:00:00.123456Z': '2025-01-01T01:30:00.123456+05:30',
        '2024-01-01 00:00-0330': '2024-01-01 09:00+05:30',
        '2024-01-01T00:00:00+05:30': '2024-01-01T00:00:00+05:30',
        '2024-01-01T00:00:00': '2024-01-01T00:00:00',
        '2024-13-01T00:00:00Z': '2024-13-01T00:00:00Z',
      },
    ],
    [
      'JSON keeps what it says, as it is written',
      perturb.jsonSpacing(),
      {
        '{"a":[1.0,12345678901234567890,{}],"b":"\\u00e9 , [x]"}':
          '{\n  "a": [\n    1.0,\n    12345678901234567890,\n    {}\n  ],\n  "b": "\\u00e9 , [x]"\n}',
        '[\n  1\n]': '[1]',
        '{"a": }': '{"a": }',
      },
    ],
    [
      'table of paraphrases',
      perturb.paraphrased({ film: 'movie', it: 'that' }),
      { "The film's end, 'film', it's": "The movie's end, 'movie', that's", filmed: 'filmed' },
    ],
  ]

describe.each(table)('%s', (_, perturbation, cases) => {
  test.each(Object.entries(cases))('%s', (text, wanted) => {
    const input = perturbation.needs?.none.includes('"day"') ? { day: text } : text
    const made = perturbation.apply(input) ?? input
    expect(typeof made === 'string' ? made : (made as { day: string }).day).toBe(wanted)
  })
})

test.each<[Perturbation, string, RegExp]>([
  [perturb.names(), "Mary's dog, MARY and “John”", /^(?!Mary)(\w+)'s dog, ((?!MARY)[A-Z]+) and “(?!John)\w+”$/],
  [perturb.names(), 'Jose\u0301 and Maryland, Mary_1', /^Jose\u0301 and Maryland, Mary_1$/],
  [perturb.professions(), 'A nurse. Nurse and doctor, an engineer', /^An? (\w+)\. \w+ and \w+, an? \w+$/],
  [perturb.placeNames(), "London's, the London-based", /^(?!London)[\w ]+'s, the (?!London)[\w ]+-based$/],
  [perturb.calendar(), '2024-02-30, 9999-12-31', /^2024-02-30, 9999-12-31$/],
])('$0.name keeps what stands around the word: $1', (perturbation, text, wanted) => {
  expect(perturbation.apply(text)).toMatch(wanted)
})

test('the article before a word is that of the new one, and a sentence begins with a capital', () => {
  const texts = ['A nurse met an engineer. Doctor', 'AN ENGINEER', 'an Indian, a black person. Black people']
  for (let seed = 0; seed < 60; seed++)
    for (const text of texts)
      for (const perturbation of [perturb.professions({ seed }), perturb.groupTerms({ seed })]) {
        const made = String(perturbation.apply(text))
        expect(made).not.toMatch(/\ban? (?<=\ba )[aeio]|\ban [^aeio\s]/i)
        expect(made).toMatch(/^\p{Lu}|^an? /u)
        expect(made).not.toMatch(/\. \p{Ll}/u)
      }
})

test.each<[string, Perturbation, unknown, unknown]>([
  [
    'each form of a field is a record',
    perturb.inField('t', perturb.punctuation()),
    { t: 'a!' },
    [{ t: 'a' }, { t: 'a.' }],
  ],
  [
    'forms of two fields are made each with each',
    perturb.inField(['t', 'u'], perturb.each([perturb.uppercase(), perturb.append('x')])),
    { t: 'a', u: 'b' },
    [
      { t: 'A', u: 'B' },
      { t: 'A', u: 'b x' },
      { t: 'a x', u: 'B' },
      { t: 'a x', u: 'b x' },
    ],
  ],
  [
    'each form goes on to the next change',
    perturb.composed(perturb.attribute('s', [1, 2, 3]), perturb.scaled('n', 2)),
    { s: 1, n: 1 },
    [
      { s: 2, n: 2 },
      { s: 3, n: 2 },
    ],
  ],
  [
    'changes that undo each other are none',
    perturb.composed(perturb.scaled('n', 2), perturb.scaled('n', 0.5)),
    { n: 3 },
    undefined,
  ],
  ['one is drawn that changes something', perturb.oneOf([perturb.numbers(), perturb.uppercase()]), 'abc', 'ABC'],
])('%s', (_, perturbation, input, wanted) => {
  expect(perturbation.apply(input)).toEqual(wanted)
})

test('an order of fields counts as a change inside of others', () => {
  const order = perturb.fieldOrder()
  for (const one of [perturb.oneOf([order]), perturb.composed(order), perturb.each([order, perturb.absent('a')])]) {
    expect(one.sameValue).toBe(true)
    const made = one.apply({ a: 1, b: 2 })
    expect(Object.keys((Array.isArray(made) ? made[0] : made) as object)).toEqual(['b', 'a'])
    expect(one.apply({ c: 1 })).toSatisfy((none) => none === undefined || (none as unknown[]).length === 0)
  }
})

test('a name in two fields becomes the same other name when they are changed together', () => {
  const made = perturb
    .inField(['one', 'two'], perturb.names(), { together: true })
    .apply({ one: 'Who is Mary?', two: 'Is Mary good?', n: 1 }) as Record<'one' | 'two', string>
  const name = /Who is (\w+)\?/.exec(made.one)?.[1]
  expect(name).not.toBe('Mary')
  expect(made).toEqual({ one: `Who is ${name}?`, two: `Is ${name} good?`, n: 1 })
})
