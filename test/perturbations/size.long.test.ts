import { expect, test } from 'vitest'
import { perturb, type Perturbation } from '../../src/perturbations/index.ts'

const SIZE = 1 << 17
const long = (part: string, end = ''): string => part.repeat(SIZE / part.length) + end
const texts = [
  long('.', 'x'),
  long(' ', 'x'),
  long('it is ', '?'),
  long("is not isn't Mary's "),
  long('!', 'b'),
  long('1'),
  long('2024-01-01 '),
  long('[', ']'),
  long("'"),
  long('e\u0301'),
  long('\ud800'),
  long('her '),
  long('a '),
]
const many = { n: 1000 }
const all: readonly Perturbation[] = [
  ...(['typos', 'keyboard', 'droppedLetters', 'doubledLetters', 'ocr', 'confusables', 'whitespace'] as const).map(
    (name) => perturb[name](many),
  ),
  ...(['decomposed', 'noAccents', 'uppercase', 'titleCase', 'punctuation', 'noPunctuation', 'contracted'] as const).map(
    (name) => perturb[name](),
  ),
  ...(['expanded', 'numberWords', 'truncated', 'negated', 'names', 'placeNames', 'numbers'] as const).map((name) =>
    perturb[name](),
  ),
  ...(['calendar', 'gender', 'groupTerms', 'professions', 'jsonSpacing'] as const).map((name) => perturb[name]()),
  perturb.paraphrased({ her: 'his' }),
]

// An answer that never comes is the fault: what grows with the square of a long text takes minutes, not the time of the test.
test.each(all.map((one) => [one.name, one] as const))('%s of long texts comes to an end', (_, perturbation) => {
  for (const text of texts) expect(['string', 'object', 'undefined']).toContain(typeof perturbation.apply(text))
})
