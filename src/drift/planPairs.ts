import type { Relation } from '../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../engine/typeWords.ts'
import { AssayError } from '../errors.ts'
import { isTime } from '../metrics/metric.ts'
import { missingCount } from '../metrics/kinds/missingCount.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import { advanceOf, identifies } from './advancing.ts'
import { chunkThreshold } from './compat/chunks.ts'
import { peerMethodOf } from './compat/index.ts'
import { usualMethod } from './compat/usualMethod.ts'
import { type Compare, comparedAs } from './comparedAs.ts'
import type { DriftMethod, NotComparable } from './drift.ts'
import { driftMethods } from './methods/index.ts'
import { settingOf } from './byColumn.ts'
import { limitOf, methodNamed } from './namedMethod.ts'
import type { DriftOptions } from './options.ts'
import type { ColumnPair } from './pairs.ts'
import { beyondDoubles } from './exactNumbers.ts'
import { hourAndWeekday } from './methods/hourAndWeekday.ts'
import { namesIn } from './roles.ts'
import type { ColumnTally } from './columnTally.ts'
import { measure } from '../checks/measure.ts'

/** How a pair will be compared, or why it cannot be. */
export type Plan =
  | {
      readonly kind: 'plan'
      readonly pair: ColumnPair
      readonly method: DriftMethod
      readonly limit: number
      /** The sides as the columns are compared. */
      readonly relations: Pick<Compare, 'current' | 'reference'>
      readonly current: ColumnTally
      readonly reference: ColumnTally
      /** Its numbers are read exactly, since doubles do not tell them apart. */
      readonly exact: boolean
    }
  | { readonly kind: 'undecided'; readonly pair: ColumnPair; readonly why: NotComparable }
  /** Identifiers and instants, of which no distribution is expected: listed, never judged. */
  | { readonly kind: 'apart'; readonly pair: ColumnPair; readonly why: string }
  | { readonly kind: 'error'; readonly pair: ColumnPair; readonly error: AssayError }

/** Chooses method and limit of each pair. Reads the counts of all columns, in one shared scan of each side. */
export async function planPairs(
  pairs: readonly ColumnPair[],
  current: Relation,
  reference: Relation,
  options: DriftOptions,
  signal: AbortSignal | undefined,
): Promise<readonly Plan[]> {
  return Promise.all(
    pairs.map(async (asNamed): Promise<Plan> => {
      let pair = asNamed
      try {
        const methodName = settingOf(options.method, asNamed.current.name)
        // Asked together, the counts of all columns share a scan.
        const [mine, theirs, compared] = await Promise.all([
          tally(current, asNamed.current.name, signal),
          tally(reference, asNamed.reference.name, signal),
          methodName !== undefined && methodNamed(methodName, options.compat).accepts('string', 'string')
            ? { pair: asNamed, current, reference }
            : comparedAs({ pair: asNamed, current, reference }, signal),
        ])
        pair = compared.pair
        const advance = methodName === undefined ? await advanceOf(compared, signal) : 'no'
        if (!pair.named && (await identifies(compared, advance, [mine, theirs], signal)))
          return { kind: 'apart', pair, why: 'identifiers' }
        if (advance === 'back' && isTime(pair.current) && !pair.named)
          return { kind: 'apart', pair, why: 'all before the reference: are the sides swapped?' }
        const instants = advance !== 'no' && isTime(pair.current)
        mustBeTime(options, pair, [mine, theirs])
        const method =
          methodName === undefined && (instants || isRole(options, pair))
            ? hourAndWeekday
            : options.compat !== undefined && methodName === undefined
              ? await usualMethod(options.compat, compared, signal)
              : methodFor(pair, methodName, options, [mine, theirs])
        if (!method) return { kind: 'undecided', pair, why: notComparable(pair) }
        const limit = await limitFor(compared, method, options, signal)
        const relations = { current: compared.current, reference: compared.reference }
        const exact = await beyondDoubles(compared, signal)
        return { kind: 'plan', pair, method, limit, relations, current: mine, reference: theirs, exact }
      } catch (error) {
        if (!(error instanceof AssayError)) throw error
        return { kind: 'error', pair, error }
      }
    }),
  )
}

/** The limit of a pair; where none is given and NannyML is asked by chunks, its threshold by those. */
async function limitFor(
  { pair, reference }: Compare,
  method: DriftMethod,
  options: DriftOptions,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { compat, chunks } = options
  const column = pair.current.name
  if (chunks === undefined || compat === undefined || settingOf(options.limit, column) !== undefined)
    return limitOf(options, column, method)
  const own = peerMethodOf(compat, method)
  // Its threshold of p is a fixed one.
  if (own.p) return limitOf(options, column, method)
  return chunkThreshold(own, { relation: reference, column: pair.reference }, chunks, signal)
}

const isTimeRole = ({ roles = {} }: DriftOptions, { current }: ColumnPair): boolean =>
  namesIn(roles.time).includes(current.name)

/** Whether the column is one that says when a row is from. */
const isRole = (options: DriftOptions, pair: ColumnPair): boolean =>
  isTimeRole(options, pair) && isTime(pair.current) && isTime(pair.reference)

/** An AssayError for a column that has the role of a time and holds something else. */
function mustBeTime(options: DriftOptions, pair: ColumnPair, tallies: readonly [ColumnTally, ColumnTally]): void {
  if (!isTimeRole(options, pair)) return
  const other = [pair.current, pair.reference].find((column, i) => {
    const { rows, missing } = tallies[i] as ColumnTally
    return !isTime(column) && missing < rows
  })
  if (other === undefined) return
  throw wrongType(
    (words) => `noDriftFrom got roles: time: ${JSON.stringify(other.name)}, a column of ${shown(other, words)}`,
    'it is of dates or timestamps: declare it, e.g. dataset(path, { types: { … } }), or leave the role out',
  )
}

async function tally(relation: Relation, name: string, signal: AbortSignal | undefined): Promise<ColumnTally> {
  return (await measure(relation, { rows: rowCount(), missing: missingCount(name) }, signal)).values
}

/**
 * The method for a pair. A side without any value has no type to speak of (an empty column of records reads as text):
 * it takes the other side's.
 */
function methodFor(
  pair: ColumnPair,
  methodName: string | undefined,
  { compat }: DriftOptions,
  [mine, theirs]: readonly [ColumnTally, ColumnTally],
): DriftMethod | undefined {
  let [here, there] = [pair.current.type, pair.reference.type]
  if (mine.missing === mine.rows && here === 'string') here = there
  else if (theirs.missing === theirs.rows && there === 'string') there = here
  const method = methodName
    ? methodNamed(methodName, compat)
    : driftMethods.find((candidate) => candidate.suits(here, there))
  if (method?.accepts(here, there)) return method
  const types = (words: Words): string =>
    `${shown(pair.current, words)} in the current data and ${shown(pair.reference, words)} in the reference`
  if (method) {
    throw wrongType(
      (words) => `${method.name} cannot compare a column that holds ${types(words)}`,
      'leave the method out to have it chosen by type',
    )
  }
  if (here !== there) {
    throw wrongType(
      (words) => `column ${JSON.stringify(pair.current.name)} holds ${types(words)}`,
      'read both as one type, e.g. dataset(path, { types: { … } }), or name the column in `except`',
    )
  }
  const { reason, discreet, hint } = notComparable(pair)
  if (pair.named) throw new AssayError('wrong-type', reason, { hint, discreet })
  return undefined
}

type Words = typeof typeWords

const shown = (column: ColumnPair['current'], words: Words): string =>
  column.native.toLowerCase() === column.type || column.native === 'text' ? `${column.type} values` : words(column)

function notComparable({ current }: ColumnPair): NotComparable {
  const reason = (words: Words): string =>
    `no drift method compares the ${shown(current, words)} of column ${JSON.stringify(current.name)}`
  return {
    reason: reason(typeWords),
    discreet: reason(discreetTypeWords),
    hint: 'compare a number, time, boolean or text made from it, or name the column in `except`',
  }
}

const wrongType = (told: (words: Words) => string, hint: string): AssayError =>
  new AssayError('wrong-type', told(typeWords), { hint, discreet: told(discreetTypeWords) })
