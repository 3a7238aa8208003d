import { isHeldAsText } from '../cells/cell.ts'
import type { Check } from '../checks/check.ts'
import type { RowCheckOptions } from '../checks/parameters/options.ts'
import type { AllowedValue } from '../checks/parameters/values.ts'
import type { ValueType } from '../checks/parameters/valueType.ts'
import { valueLengthBetween } from '../checks/kinds/valueLengthBetween.ts'
import { valuesBetween } from '../checks/kinds/valuesBetween.ts'
import { valuesIn } from '../checks/kinds/valuesIn.ts'
import { valuesMatching } from '../checks/kinds/valuesMatching.ts'
import { valuesOfType } from '../checks/kinds/valuesOfType.ts'
import type { DatasetColumn } from '../dataset/dataset.ts'
import type { Column } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { matchesAll } from '../sql/portableRegex.ts'
import { type Json, type JsonObject, textOf } from './json.ts'
import { isJudging, nestedKeywords, numberFormats } from './keywords.ts'
import { formats, type JsonType, type Reading, textTypeOf, typesOf } from './reading.ts'
import { valuesOfJsonType, valuesOfTimestamp } from './valueTypes.ts'
import { keywordsOf, spellingOf } from './spellings.ts'

/** A column, what its values must hold to, and what is known about its values. */
export interface ColumnContext {
  readonly target: DatasetColumn
  readonly column: Column
  readonly reading: Reading
  readonly rules: JsonObject
  /** What the schema says of how the cells of a text file read. */
  readonly cells: JsonObject
  /** NaN and infinities are within no limit, whatever the type. */
  readonly finite: boolean
  /** Some records hold an explicit null, which the engine cannot tell from an absent value. */
  readonly nulls: boolean
  readonly options: RowCheckOptions
}

/** Keywords that the engine decides exactly as ajv would; undefined where it would not, for these values. */
interface Push {
  readonly keywords: readonly string[]
  push(context: ColumnContext): Check | 'holds' | undefined
}

const numeric = (reading: Reading): boolean => ['integer', 'number', 'decimal'].includes(reading)

/** Whether the keyword is a limit of numbers. */
export const isNumberLimit = (keyword: string): boolean => spellingOf('valuesBetween')?.includes(keyword) === true

const pushes: readonly Push[] = [
  {
    keywords: ['type', 'nullable'],
    push: ({ target, column, rules, reading, nulls, options }) => {
      const types = typesOf(rules)
      if (!types || (nulls && !types.includes('null')) || reading === 'other') return undefined
      return isHeldAsText(column) ? textType(target, rules, types, options) : valuesOfJsonType(target, types, options)
    },
  },
  {
    keywords: ['format'],
    push: ({ target, column, rules: { format, ...rules }, reading, options }) => {
      const { type } = column
      // Limits of a format are read together with it.
      if (Object.keys(rules).some((name) => /^format(Exclusive)?M(in|ax)imum$/.test(name))) return undefined
      const times = formats[textOf(format)]
      if (isHeldAsText(column) && times?.includes(type)) {
        // With the type said too, the type's check looks at the format as well.
        if (typesOf(rules)) return 'holds'
        return type === 'date' || type === 'time'
          ? valuesOfType(target, type, options)
          : valuesOfTimestamp(target, options)
      }
      if (reading === 'time') return times?.includes(type) ? 'holds' : undefined
      if (numeric(reading) && numberFormats.includes(textOf(format))) return undefined
      return reading === 'string' || reading === 'other' ? undefined : 'holds'
    },
  },
  {
    keywords: keywordsOf.valuesBetween,
    push: ({ target, rules, reading, finite, options }) => {
      if (reading === 'other') return undefined
      if (!numeric(reading)) return 'holds'
      // ajv leaves a NaN to `type`: only with a type that refuses it may the limits refuse it as well.
      const types = typesOf(rules)
      if (reading === 'number' && !types && !finite) return undefined
      const { minimum, maximum, exclusiveMinimum: gt, exclusiveMaximum: lt } = rules
      // In draft-04 the exclusive ones say of the others that they are.
      const [min, max] = [gt === true ? undefined : minimum, lt === true ? undefined : maximum]
      const strict = (flag: Json | undefined, limit: Json | undefined) =>
        flag === true ? limit : flag === false ? undefined : flag
      const edges = { min, max, gt: strict(gt, minimum), lt: strict(lt, maximum) }
      return valuesBetween(target, defined(edges), options)
    },
  },
  {
    keywords: keywordsOf.valueLengthBetween,
    push: ({ target, rules: { minLength: min, maxLength: max }, reading, options }) => {
      if (reading === 'other' || reading === 'time') return undefined
      if (min === 0 && max === undefined) return 'holds'
      return reading === 'string' ? valueLengthBetween(target, defined({ min, max }), options) : 'holds'
    },
  },
  {
    keywords: keywordsOf.valuesMatching,
    push: ({ target, rules: { pattern }, reading, options }) => {
      if (reading === 'other' || reading === 'time') return undefined
      if (matchesAll(textOf(pattern), 'u')) return 'holds'
      return reading === 'string' ? valuesMatching(target, textOf(pattern), options) : 'holds'
    },
  },
  {
    keywords: nestedKeywords,
    push: ({ reading }) => (reading === 'other' ? undefined : 'holds'),
  },
  {
    keywords: ['enum'],
    push: (context) => membership(context, context.rules.enum as readonly Json[]),
  },
  {
    keywords: ['const'],
    // Two sets of one column would be one result.
    push: (context) =>
      context.rules.enum === undefined ? membership(context, [context.rules.const as Json]) : undefined,
  },
]

/** What the engine decides as checks, and the keywords that are left for ajv. */
export function pushDown(context: ColumnContext): {
  readonly checks: readonly Check[]
  readonly left: readonly string[]
} {
  const checks: Check[] = []
  const left = new Set(Object.keys(context.rules).filter((name) => isJudging(name) && name !== 'x-assay'))
  // A text file's cell that may be one of several types is read cell by cell.
  if (isHeldAsText(context.column) && textTypeOf(context.cells, context.column.type) === undefined)
    return { checks, left: [...left] }
  for (const { keywords, push } of pushes) {
    if (!keywords.some((name) => left.has(name))) continue
    const pushed = tried(() => push(context))
    if (pushed === undefined) continue
    for (const name of keywords) left.delete(name)
    if (pushed !== 'holds') checks.push(pushed)
  }
  return { checks, left: [...left] }
}

/** Undefined for a question the ordinary check refuses, e.g. limits that nothing meets: ajv answers it. */
function tried<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch (error) {
    if (error instanceof AssayError) return undefined
    throw error
  }
}

function textType(
  target: DatasetColumn,
  rules: JsonObject,
  types: readonly JsonType[],
  options: RowCheckOptions,
): Check | undefined {
  const wanted = types.filter((type) => type !== 'null')
  const type = textTypeOf(rules, 'string')
  if (wanted.length === 0 || wanted.some((one) => one === 'array' || one === 'object')) {
    return valuesOfJsonType(
      target,
      types.filter((one) => one !== 'string'),
      options,
    )
  }
  if (type === 'timestamp' || type === 'timestamptz') return valuesOfTimestamp(target, options)
  return valuesOfType(target, type as ValueType, options)
}

function defined(limits: Record<string, Json | undefined>): Record<string, number> {
  return Object.fromEntries(Object.entries(limits).filter(([, limit]) => limit !== undefined)) as Record<string, number>
}

function membership({ target, reading, nulls, options }: ColumnContext, values: readonly Json[]): Check | undefined {
  if (reading === 'other' || reading === 'time' || nulls) return undefined
  const type = numeric(reading) ? 'number' : reading
  const possible = values.filter((value) => typeof value === type) as AllowedValue[]
  return possible.length > 0 ? valuesIn(target, possible, options) : undefined
}
