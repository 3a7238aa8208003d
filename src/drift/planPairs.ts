import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import { missingCount } from '../metrics/missingCount.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { runMetrics } from '../metrics/run.ts'
import { type Compare, comparedAs } from './comparedAs.ts'
import type { DriftMethod, NotComparable } from './drift.ts'
import { driftMethods } from './methods.ts'
import { type DriftOptions, limitOf, methodNamed, settingOf } from './options.ts'
import type { Pair } from './pairs.ts'

/** Rows and missing values of one side. */
export interface Tally {
  readonly rows: number
  readonly missing: number
}

/** How a pair will be compared, or why it cannot be. */
export type Plan =
  | {
      readonly kind: 'plan'
      readonly pair: Pair
      readonly method: DriftMethod
      readonly limit: number
      /** The sides as the columns are compared. */
      readonly relations: Pick<Compare, 'current' | 'reference'>
      readonly current: Tally
      readonly reference: Tally
    }
  | { readonly kind: 'undecided'; readonly pair: Pair; readonly why: NotComparable }
  | { readonly kind: 'error'; readonly pair: Pair; readonly error: AssayError }

/** Chooses method and limit of each pair. Reads the counts of all columns, in one shared scan of each side. */
export async function planPairs(
  pairs: readonly Pair[],
  current: Relation,
  reference: Relation,
  options: DriftOptions,
  signal: AbortSignal | undefined,
): Promise<readonly Plan[]> {
  return Promise.all(
    pairs.map(async (found): Promise<Plan> => {
      let pair = found
      try {
        const asked = settingOf(options.method, found.current.name)
        // Asked together, the counts of all columns share a scan.
        const [mine, theirs, compared] = await Promise.all([
          tally(current, found.current.name, signal),
          tally(reference, found.reference.name, signal),
          asked !== undefined && methodNamed(asked).accepts('string', 'string')
            ? { pair: found, current, reference }
            : comparedAs({ pair: found, current, reference }, signal),
        ])
        pair = compared.pair
        const method = methodFor(pair, asked, mine, theirs)
        if (!method) return { kind: 'undecided', pair, why: notComparable(pair) }
        const limit = limitOf(options, pair.current.name, method)
        const relations = { current: compared.current, reference: compared.reference }
        return { kind: 'plan', pair, method, limit, relations, current: mine, reference: theirs }
      } catch (error) {
        if (!(error instanceof AssayError)) throw error
        return { kind: 'error', pair, error }
      }
    }),
  )
}

async function tally(relation: Relation, name: string, signal: AbortSignal | undefined): Promise<Tally> {
  const { values } = await valuesOf({ rows: rowCount(), missing: missingCount(name) }, relation, signal)
  return { rows: values.rows as number, missing: values.missing as number }
}

/** Computes metrics of one relation; throws the AssayError of the first that could not be computed. */
export async function valuesOf(
  metrics: Readonly<Record<string, Metric>>,
  relation: Relation,
  signal: AbortSignal | undefined,
): Promise<{ values: Record<string, unknown>; sql: string[] }> {
  const found = await runMetrics(Object.values(metrics), relation, { signal })
  const values: Record<string, unknown> = {}
  const sql: string[] = []
  for (const [name, metric] of Object.entries(metrics)) {
    const result = found.get(metric.key)
    if (!result?.ok) throw result?.error ?? new AssayError('query-failed', `no value for ${metric.name}`)
    values[name] = result.value
    sql.push(result.sql)
  }
  return { values, sql }
}

/**
 * The method for a pair. A side without any value has no type to speak of (an empty column of records reads as text):
 * it takes the other side's.
 */
function methodFor(pair: Pair, asked: string | undefined, mine: Tally, theirs: Tally): DriftMethod | undefined {
  let [here, there] = [pair.current.type, pair.reference.type]
  if (mine.missing === mine.rows && here === 'string') here = there
  else if (theirs.missing === theirs.rows && there === 'string') there = here
  const method = asked ? methodNamed(asked) : driftMethods.find((candidate) => candidate.suits(here, there))
  if (method?.accepts(here, there)) return method
  const types = `${shown(pair.current)} in the current data and ${shown(pair.reference)} in the reference`
  if (method) {
    throw new AssayError('wrong-type', `${method.name} cannot compare a column that holds ${types}`, {
      hint: 'leave the method out to have it chosen by type',
    })
  }
  if (here !== there) {
    throw new AssayError('wrong-type', `column ${JSON.stringify(pair.current.name)} holds ${types}`, {
      hint: 'read both as one type, e.g. dataset(path, { types: { … } }), or name the column in `except`',
    })
  }
  const { reason, hint } = notComparable(pair)
  if (pair.named) throw new AssayError('wrong-type', reason, { hint })
  return undefined
}

const shown = ({ type, native }: Pair['current']): string =>
  native.toLowerCase() === type || native === 'text' ? `${type} values` : `${type} values (${native})`

function notComparable({ current }: Pair): NotComparable {
  return {
    reason: `no drift method compares the ${shown(current)} of column ${JSON.stringify(current.name)}`,
    hint: 'compare a number, time, boolean or text made from it, or name the column in `except`',
  }
}
