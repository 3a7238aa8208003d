/** What is asked of values of personal columns: `words` leave them out. Keys of it are made with a secret. */
export interface PersonalValue {
  readonly [brand]: true
  readonly words: string
  readonly value: unknown
}

const brand: unique symbol = Symbol.for('assay.personalValue') as never

export function personalValue(words: string, value: unknown): PersonalValue {
  return { [brand]: true, words, value }
}

export function isPersonalValue(value: object): value is PersonalValue {
  return brand in value
}
