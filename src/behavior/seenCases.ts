import { inputKey } from '../models/inputKey.ts'
import { isPlainObject } from '../options.ts'
import type { MftCase } from './caseRows.ts'

/** Which cases occur among inputs that a model was trained with. */
export interface SeenCases {
  readonly seen: readonly MftCase[]
  /** Those that none of the inputs could be compared with, e.g. records with a field that no input has. */
  readonly uncompared: readonly MftCase[]
  /** Why, where there are any. */
  readonly why?: string
}

/**
 * The cases whose inputs stand among those. A record is compared by the fields that the case has, a text with every value
 * of a record. Values are one where they are written alike, whatever their types: `5` and `'5'`, `1.50` and 1.5, a day and its text;
 * texts also where they differ by capitals and white space alone.
 */
export async function seenCases(
  rows: Iterable<{ readonly input: unknown }> | AsyncIterable<{ readonly input: unknown }>,
  cases: readonly MftCase[],
): Promise<SeenCases> {
  const byInput = new Map<string, MftCase[]>()
  const shapes = new Map<string, readonly string[]>()
  for (const testCase of cases) {
    if (isPlainObject(testCase.input)) {
      const fields = fieldsOf(testCase.input)
      shapes.set(shapeOf(fields), fields)
    }
    const key = looseKey(testCase.input)
    const own = byInput.get(key)
    if (own) own.push(testCase)
    else byInput.set(key, [testCase])
  }
  const hasScalars = cases.some(({ input }) => !isPlainObject(input))
  const seen = new Set<MftCase>()
  const compared = new Set<string>()
  const names = new Set<string>()
  const look = (input: unknown): void => {
    for (const testCase of byInput.get(looseKey(input)) ?? []) seen.add(testCase)
  }
  const lookAtScalar = (input: unknown): void => {
    if (input === null || input === undefined) return
    compared.add(SCALAR)
    look(input)
  }
  for await (const { input } of rows) {
    if (!isPlainObject(input)) {
      lookAtScalar(input)
      continue
    }
    for (const name of Object.keys(input)) names.add(name)
    for (const [shape, fields] of shapes) {
      if (!fields.every((field) => Object.hasOwn(input, field))) continue
      compared.add(shape)
      look(Object.fromEntries(fields.map((field) => [field, input[field]])))
    }
    // A table of texts has them in one of its columns.
    if (hasScalars) for (const value of Object.values(input)) lookAtScalar(value)
  }
  const uncompared = cases.filter(({ input }) => !compared.has(shapeOfInput(input)))
  return {
    seen: cases.filter((testCase) => seen.has(testCase)),
    uncompared,
    ...(uncompared[0] ? { why: whyNot(uncompared[0].input, names) } : {}),
  }
}

const SCALAR = 'a value'
const fieldsOf = (record: object): readonly string[] => Object.keys(record).sort()
const shapeOf = (fields: readonly string[]): string => JSON.stringify(fields)
const shapeOfInput = (input: unknown): string => (isPlainObject(input) ? shapeOf(fieldsOf(input)) : SCALAR)

function whyNot(input: unknown, names: ReadonlySet<string>): string {
  if (!isPlainObject(input)) return 'the training data has no value'
  if (names.size === 0) return 'the training data has no records'
  const missing = fieldsOf(input).find((field) => !names.has(field))
  return missing === undefined
    ? 'no record of the training data has all fields of the case'
    : `no record of the training data has the field ${JSON.stringify(missing)}`
}

/** The same for values that are written alike. */
function looseKey(value: unknown): string {
  if (typeof value === 'string') return looseText(value)
  if (Array.isArray(value)) return JSON.stringify(value.map(looseKey))
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'invalid date' : value.toISOString()
  if (isPlainObject(value)) {
    return JSON.stringify(fieldsOf(value).map((field) => [field, looseKey(value[field])]))
  }
  if (typeof value === 'object' && value !== null) return String(inputKey(value))
  return looseText(String(value))
}

/** Numbers of so many digits are the same numbers in JavaScript. */
const DIGITS = 15
const NUMBER = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})(?:[t ](\d{2}:\d{2})(:\d{2})?(\.\d+)?z?)?$/

function looseText(text: string): string {
  const plain = text.toLowerCase().replace(/\s+/gu, ' ').trim()
  if (NUMBER.test(plain) && plain.replace(/e.*|[-+.]/g, '').length <= DIGITS) return String(Number(plain) + 0)
  const [, day, minute = '00:00', second = ':00', fraction = ''] = INSTANT.exec(plain) ?? []
  if (day === undefined) return plain
  const instant = new Date(`${day}T${minute}${second}${fraction.slice(0, 4)}Z`)
  return Number.isNaN(instant.getTime()) ? plain : instant.toISOString()
}
