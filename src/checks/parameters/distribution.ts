import { AssayError, nearestHint } from '../../errors.ts'
import { isPlainObject, ownOptions } from '../../options.ts'
import { shapes } from '../../stats/shapes.ts'
import { described, valueText } from '../receiver.ts'
import type { Parameter } from './parameter.ts'

/** The distribution of a column's values, as it is said to be. */
export type Distribution =
  /** A family: whichever of it is nearest. */
  | keyof typeof shapes
  | { readonly normal: { readonly mean: number; readonly deviation: number } }
  | { readonly uniform: { readonly min: number; readonly max: number } }
  /** The value up to which a share of the numbers lies, by share: `{ 0.5: 20, 0.9: 75 }`. */
  | { readonly quantiles: Readonly<Record<number, number>> }
  /** The share of each value; all others together have what is left. */
  | Readonly<Record<string, number>>

/** One that was checked. */
export type AskedDistribution =
  | {
      readonly kind: 'shape'
      readonly name: keyof typeof shapes
      readonly fixed?: { readonly place: number; readonly width: number }
    }
  | { readonly kind: 'quantiles'; readonly list: readonly { readonly share: number; readonly value: number }[] }
  | {
      readonly kind: 'shares'
      readonly list: readonly { readonly value: string; readonly share: number }[]
      readonly rest: number
    }

/** Shares that are rounded may come to a little more than 1. */
const ROUNDING = 1e-9

const HINT = "give the share of each value, { yes: 0.5 }, quantiles: { quantiles: { 0.5: 20 } }, 'normal' or 'uniform'"

/** What a shape is fixed by. */
const fixedBy = {
  normal: ['mean', 'deviation'],
  uniform: ['min', 'max'],
} as const satisfies Record<keyof typeof shapes, readonly [string, string]>

function parse(value: unknown, asker: string): AskedDistribution {
  const wrong = (found: string, hint = HINT): AssayError =>
    new AssayError('wrong-argument', `${asker} got ${found}`, { hint })
  if (typeof value === 'string') {
    if (Object.hasOwn(shapes, value)) return { kind: 'shape', name: value as keyof typeof shapes }
    throw wrong(`the distribution ${JSON.stringify(value.slice(0, 60))}`, nearestHint(value, Object.keys(shapes), HINT))
  }
  if (!isPlainObject(value)) throw wrong(`${described(value)} as distribution`)
  const entries = Object.entries(value)
  if (entries.length === 0) throw wrong('a distribution without any share')
  const [[name, member]] = entries as [[string, unknown]]
  if (isPlainObject(member) && entries.length === 1) {
    if (name === 'quantiles') return { kind: 'quantiles', list: quantiles(member, wrong) }
    if (Object.hasOwn(fixedBy, name))
      return { kind: 'shape', name: name as keyof typeof shapes, fixed: fixed(name as never, member, asker, wrong) }
  }
  const list = entries.map(([of, share]) => {
    if (typeof share === 'number' && share >= 0 && share <= 1) return { value: of, share }
    throw wrong(`the share ${valueText(share)} of ${JSON.stringify(of)}`, 'a share lies between 0 and 1: 0.5 for 50 %')
  })
  const sum = list.reduce((all, { share }) => all + share, 0)
  if (sum > 1 + ROUNDING)
    throw wrong(`shares that come to ${Number(sum.toPrecision(6))}`, 'shares of all values come to 1 at most')
  return { kind: 'shares', list, rest: Math.max(0, sum > 1 - ROUNDING ? 0 : 1 - sum) }
}

type Wrong = (found: string, hint?: string) => AssayError

function quantiles(object: Readonly<Record<string, unknown>>, wrong: Wrong) {
  const list = Object.entries(object).map(([written, value]) => {
    const share = Number(written)
    if (written.trim() === '' || !(share > 0 && share < 1))
      throw wrong(
        `a quantile at ${JSON.stringify(written)}`,
        'a quantile stands at a share between 0 and 1: { 0.5: 20 }',
      )
    if (typeof value !== 'number' || !Number.isFinite(value))
      throw wrong(`the quantile ${valueText(value)} at ${written}`, 'a quantile is a number: { 0.5: 20 }')
    return { share, value }
  })
  if (list.length === 0) throw wrong('no quantile', 'give at least one: { quantiles: { 0.5: 20 } }')
  const inOrder = list.toSorted((a, b) => a.share - b.share)
  const falling = inOrder.find(({ value }, i) => i > 0 && value < (inOrder[i - 1]?.value as number))
  if (falling)
    throw wrong(`quantiles that fall at ${falling.share}`, 'the quantile of a larger share is as large, or larger')
  return inOrder
}

function fixed(name: keyof typeof fixedBy, parameters: object, asker: string, wrong: Wrong) {
  const names = fixedBy[name]
  const own = ownOptions<Record<string, unknown>>(`${asker} ${name}`, parameters as Record<string, unknown>, names)
  const [a, b] = names.map((one) => {
    const value = own[one]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    throw wrong(`${name}: ${one}: ${valueText(value)}`, `it takes ${names.join(' and ')}, two numbers`)
  }) as [number, number]
  const width = name === 'normal' ? b : b - a
  if (!(width > 0 && Number.isFinite(width)))
    throw wrong(
      `${name}: ${names[0]}: ${a}, ${names[1]}: ${b}`,
      name === 'normal' ? 'deviation is over 0' : 'max is over min',
    )
  return { place: a, width }
}

/** How values are distributed: shares of values, a shape of numbers, or their quantiles. */
export const distribution: Parameter<'distribution', AskedDistribution, [distribution: Distribution]> = {
  name: 'distribution',
  role: 'asked',
  doc: "the share of each value, all others together having what is left, `{ yes: 0.5 }`; `'normal'`, `'uniform'`, or one of them, `{ normal: { mean, deviation } }`, `{ uniform: { min, max } }`; `{ quantiles: { 0.5: 20 } }`",
  type: 'Distribution',
  example: '{ yes: 0.5 }',
  parse: (value, { asker }) => parse(value, asker),
  toJSON(parsed) {
    if (parsed.kind === 'shares') return Object.fromEntries(parsed.list.map(({ value, share }) => [value, share]))
    if (parsed.kind === 'quantiles')
      return { quantiles: Object.fromEntries(parsed.list.map(({ share, value }) => [String(share), value])) }
    if (!parsed.fixed) return parsed.name
    const { place, width } = parsed.fixed
    const [first, second] = fixedBy[parsed.name]
    return { [parsed.name]: { [first]: place, [second]: parsed.name === 'normal' ? width : place + width } }
  },
  identity: (asked) =>
    asked.kind === 'shares'
      ? { ...asked, list: Object.fromEntries(asked.list.map((one) => [one.value, one.share])) }
      : asked,
}
