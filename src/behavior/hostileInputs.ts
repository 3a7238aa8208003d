import { exactJsonText } from '../bytes/exactJson.ts'
import { AssayError, kindOf } from '../errors.ts'
import { isNumber, snapshot, type AnswerValue } from '../models/value.ts'
import { isPlainObject } from '../options.ts'

const LONG = 100_000

/** Texts that break what reads them carelessly. */
const texts: readonly string[] = [
  '',
  ' ',
  '\n\r\n\t',
  '0',
  '-1',
  'null',
  'undefined',
  'NaN',
  'true',
  '[]',
  '{}',
  'x',
  'x'.repeat(LONG),
  'word '.repeat(LONG / 5),
  '\u0000',
  '\u0007\u001B[31mred\u001B[0m',
  '\uFEFFmarked',
  '\u202Eright to left\u202C',
  'a\u0301e\u0301',
  'Z\u0351\u036B\u0343a\u0328\u0321l\u0335g\u0317o\u0309'.repeat(50),
  '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u{1F3FD}\u{1F1FA}\u{1F1F3}',
  '\u{10FFFF}\uFFFE\uFFFD',
  '\uD800',
  '\u200B\u200D\u2060',
  'العربية 中文 ไทย हिन्दी ελληνικά',
  "'; drop table users; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '${7*7}{{7*7}}%s%n',
  '=1+1',
  '\\u0041\\',
  '"quoted", \'and\' `more`',
]

const numbers: readonly number[] = [
  0,
  -0,
  1,
  -1,
  0.1,
  5e-324,
  2.2250738585072014e-308,
  1.7976931348623157e308,
  -1.7976931348623157e308,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53 - 1,
  2 ** 53 + 2,
  1e-7,
  123456789.12345679,
]

/**
 * Inputs that break what reads them carelessly, of the form of one that is good: of a text empty, huge, control characters,
 * other scripts and what is code elsewhere; of a number zero, the greatest, the smallest and what is no longer whole; of a
 * record each field in turn left out, null, of another type and with such texts or numbers, and the record without any field
 * or with others. Always the same, in the same order, each once. JSON can hold them all, but for one half of a character.
 * @example hostileInputs({ age: 34, plan: 'basic' })
 */
export function hostileInputs(like: unknown): unknown[] {
  let value: AnswerValue
  try {
    value = snapshot(like, { dates: true })
  } catch (error) {
    throw wrong(`an input that is ${(error as Error).message}`)
  }
  if (value === null) throw wrong(kindOf(like))
  const made = variants(value)
  const seen = new Set<string | undefined>()
  return made.filter((one) => {
    const key = Object.is(one, -0) ? '-0' : exactJsonText(one)
    return !seen.has(key) && seen.add(key)
  })
}

const wrong = (found: string): AssayError =>
  new AssayError('wrong-argument', `hostileInputs() got ${found}`, {
    hint: "give an input that the model answers, e.g. hostileInputs('a text') or hostileInputs({ age: 34 })",
  })

function variants(value: AnswerValue): unknown[] {
  if (typeof value === 'string') return [...texts]
  if (isNumber(value)) return [...numbers]
  if (typeof value === 'boolean') return [true, false]
  if (Array.isArray(value)) {
    const [first] = value as readonly AnswerValue[]
    return [
      [],
      [null],
      Array.from({ length: 10_000 }, () => first ?? null),
      ...(first === undefined ? [] : variants(first).map((one) => [one, ...value.slice(1)])),
    ]
  }
  if (!isPlainObject(value)) return []
  const names = Object.keys(value)
  const others = (name: string): unknown[] => {
    const inner = value[name] as AnswerValue
    const strange: unknown[] = [null, ...(typeof inner === 'string' ? [3] : ['x', '']), [], {}]
    return [...strange, ...variants(inner)].map((one) => ({ ...value, [name]: one }))
  }
  return [
    {},
    { ...value, 'another field': 'x' },
    Object.defineProperty({ ...value }, '__proto__', { value: { polluted: true }, enumerable: true }),
    Object.fromEntries(Object.entries(value).reverse()),
    Object.fromEntries(names.map((name) => [name.toUpperCase(), value[name]])),
    ...names.map((name) => Object.fromEntries(Object.entries(value).filter(([one]) => one !== name))),
    ...names.flatMap(others),
  ]
}
