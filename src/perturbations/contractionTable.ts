/** A contraction and what it stands for. */
export interface Contraction {
  readonly short: string
  readonly long: string
  /** Where only one of the two can be made of the other: `he's` may be `he has`, and not every `let us` is `let's`. */
  readonly only?: 'short' | 'long'
}

const NEGATED = 'is are was were do does did has have had would could should must need'.split(' ')
const whole: readonly (readonly [subject: string, verb: string, ending: string])[] = [
  ['I', 'am', 'm'],
  ...['you', 'we', 'they'].flatMap((who) => [[who, 'are', 're'] as const, [who, 'have', 've'] as const]),
  ['I', 'have', 've'],
  ...['I', 'you', 'he', 'she', 'it', 'we', 'they', 'that', 'there', 'who'].map((who) => [who, 'will', 'll'] as const),
  ...['it', 'that', 'there', 'what'].map((who) => [who, 'is', 's'] as const),
]
const ambiguous: typeof whole = [
  ...['he', 'she', 'who', 'where', 'here', 'how'].map((who) => [who, 'is', 's'] as const),
  ...['I', 'you', 'he', 'she', 'we', 'they'].map((who) => [who, 'would', 'd'] as const),
]
const joined = ([subject, verb, ending]: (typeof whole)[number]): Contraction => ({
  short: `${subject}'${ending}`,
  long: `${subject} ${verb}`,
})

/** English contractions. */
export const contractionTable: readonly Contraction[] = [
  ...NEGATED.map((verb) => ({ short: `${verb}n't`, long: `${verb} not` })),
  { short: "won't", long: 'will not' },
  { short: "can't", long: 'cannot' },
  { short: "can't", long: 'can not', only: 'short' },
  ...whole.map(joined),
  ...ambiguous.map((one) => ({ ...joined(one), only: 'short' as const })),
  { short: "let's", long: 'let us', only: 'long' },
]
