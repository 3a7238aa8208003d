import { type Bounds, checkedBounds, checkedCounts, checkedExactBounds, inWords, metBy } from '../bounds.ts'
import { areInstants, checkedLimits, instantShown, type Limit, type WrittenLimit } from '../limits.ts'
import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import type { Json, Parameter } from './parameter.ts'

/** Digits that a number would round stand in a contract as text. */
const whole = /^[+-]?\d+$/

/** A bigint as the number that is the same, where there is one. */
export function plainNumber<T>(value: T): T | number {
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

function identity(bounds: Bounds<number | bigint>): unknown {
  return Object.fromEntries(Object.entries(bounds).map(([limit, value]) => [limit, plainNumber(value as unknown)]))
}

const role = 'limit'
const name = 'bounds'

function toJSON(bounds: Bounds<number | bigint>): Json {
  return Object.fromEntries(
    Object.entries(bounds).map(([limit, value]): [string, Json] => [
      limit,
      typeof plainNumber(value) === 'bigint' ? `${value}` : Number(value),
    ]),
  )
}

function fromJSON(json: Json): unknown {
  if (!isPlainObject(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([limit, value]) => [
      limit,
      typeof value === 'string' && whole.test(value) ? BigInt(value) : value,
    ]),
  )
}

type BoundsParameter<N extends number | bigint, A extends readonly unknown[]> = Parameter<'bounds', Bounds<N>, A>

/** Limits of numbers, with all the digits that they are written with. */
export const bounds: BoundsParameter<number | bigint, [bounds: Bounds<number | bigint>]> = {
  name,
  role,
  doc: 'limits of the numbers: `min` and `max` inclusive, `gt` and `lt` exclusive',
  type: '{ min?, max?, gt?, lt? }',
  example: '{ min: 0, max: 100 }',
  parse: (value, { asker }) => checkedExactBounds(value, asker),
  toJSON,
  fromJSON,
  identity,
}

/** Limits of numbers, or of days and times. */
export const limits: Parameter<'bounds', Bounds<Limit>, [bounds: Bounds<WrittenLimit>]> = {
  name,
  role,
  doc: 'limits of the numbers, or of days and times as `Date` or ISO 8601 (without zone: UTC): `min` and `max` inclusive, `gt` and `lt` exclusive',
  type: '{ min?, max?, gt?, lt? }',
  example: '{ min: 0, max: 100 }',
  parse: (value, { asker }) => checkedLimits(value, asker),
  toJSON: (value) =>
    areInstants(value)
      ? Object.fromEntries(
          Object.entries(value as Bounds<Date>).map(([limit, one]) => [limit, instantShown(one as Date)]),
        )
      : toJSON(value as Bounds<number | bigint>),
  fromJSON,
  identity: (value) => (areInstants(value) ? value : identity(value as Bounds<number | bigint>)),
}

/** Limits of a number that is computed: no digits beyond a double's. */
export const plainBounds: BoundsParameter<number, [bounds: Bounds]> = {
  name,
  role,
  doc: bounds.doc,
  type: bounds.type,
  example: bounds.example,
  parse: (value, { asker }) => checkedBounds(value, asker),
  toJSON,
}

/** How what is counted is called. */
interface Counted {
  readonly singular: string
  readonly plural: string
}

/** Limits of something that is counted, so a whole number from 0. */
export function counts(counted: Counted, example = '{ min: 1 }'): BoundsParameter<number, [bounds: Bounds]> {
  return {
    ...plainBounds,
    doc: `limits of ${counted.singular}, a whole number from 0: \`min\` and \`max\` inclusive, \`gt\` and \`lt\` exclusive`,
    example,
    parse: (value, { asker }) => checkedCounts(value, asker, counted),
  }
}

/** The same, or a number where exactly that many are meant. */
export function countsOrExactly(counted: Counted): BoundsParameter<number, [bounds: Bounds | number]> {
  const limits = counts(counted)
  return {
    name,
    role,
    toJSON,
    example: limits.example,
    doc: `${limits.doc}; a plain number means exactly that many`,
    type: `number | ${limits.type}`,
    parse: (value, asking) => limits.parse(typeof value === 'number' ? { min: value, max: value } : value, asking),
  }
}

/** What no value lies beyond, and how that is called. */
interface Span {
  readonly least: number
  readonly most: number
  readonly singular: string
  readonly hint: string
}

/** Limits that some value of a span meets, and some other one does not. */
function spanning(value: unknown, asker: string, { least, most, singular, hint }: Span): Bounds {
  const limits = checkedBounds(value, asker)
  const met = metBy(limits, [least, most])
  if (met)
    throw new AssayError('wrong-argument', `${asker} got limits that ${met} ${singular} meets: ${inWords(limits)}`, {
      hint,
    })
  return limits
}

/** Limits of a number that cannot lie below 0. */
export const magnitudes: BoundsParameter<number, [bounds: Bounds]> = {
  ...plainBounds,
  doc: 'limits of the number, which is at least 0: `min` and `max` inclusive, `gt` and `lt` exclusive',
  example: '{ max: 2 }',
  parse: (value, { asker }) =>
    spanning(value, asker, {
      least: 0,
      most: Infinity,
      singular: 'number from 0',
      hint: 'it is at least 0, whatever the data: give e.g. { gt: 0 }, or a max',
    }),
}

/** Limits of a share, from 0 to 1. */
export const shares: BoundsParameter<number, [bounds: Bounds]> = {
  ...plainBounds,
  doc: 'limits of the share, from 0 to 1: `min` and `max` inclusive, `gt` and `lt` exclusive',
  example: '{ max: 0.05 }',
  parse: (value, { asker }) =>
    spanning(value, asker, {
      least: 0,
      most: 1,
      singular: 'share',
      hint: 'a share lies between 0 and 1, e.g. { max: 0.05 } for 5 %',
    }),
}
