import { cellOf } from '../../cells/cell.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { AssayError, nearest } from '../../errors.ts'
import { comparablePairs } from '../../cells/identity.ts'
import { countWhere } from '../../metrics/kinds/countWhere.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { canonical } from '../../results/canonical.ts'
import { all, any } from '../../sql/dialect.ts'
import { join, type Sql, sql } from '../../sql/sql.ts'
import { countText } from '../../words/text/numbers.ts'
import type { KindCall } from '../asked.ts'
import type { Judgement } from '../check.ts'
import { judgeRows } from '../forms/judgeRows.ts'
import { type Pair, pairCheck } from '../forms/pair.ts'
import { readAsWritten } from '../readAsWritten.ts'
import { numberOf } from '../numberOf.ts'
import { keyOfOther, referringColumns } from '../parameters/columns.ts'
import { type RowCheckOptions, rowOptions } from '../parameters/options.ts'
import { other } from '../parameters/other.ts'

type Parameters = readonly [typeof referringColumns, typeof other, typeof keyOfOther]

const shown = (name: string): string => JSON.stringify(name)

/**
 * Every row's values in `columns` stand together in columns of another dataset (default: its key), or of the same one. A
 * row with a missing value among them refers to nothing: it is counted as missing and not tested. Where records of the
 * other dataset could not be read, a value that is not found there shows nothing.
 */
export const keyExists = pairCheck<Parameters, RowCheckOptions>({
  kind: 'keyExists',
  matcher: 'toHaveKeysIn',
  family: 'schema',
  says: "Every row's values in the columns stand together in columns of another dataset: a foreign key.",
  example: "await expect(orders).toHaveKeysIn('customer', customers, 'id')",
  parameters: [referringColumns, other, keyOfOther],
  options: rowOptions,
  together: true,
  agrees({ columns, other: { name, key: declared }, key = declared }) {
    const hint = "e.g. keyExists(orders, 'customer', customers, 'id')"
    const wrong = (found: string): AssayError => new AssayError('wrong-argument', `keyExists ${found}`, { hint })
    if (key.length === 0) throw wrong(`got no key, and the dataset ${shown(name)} declares none`)
    if (key.length !== columns.length)
      throw wrong(`got ${countText(columns.length, 'column')} and a key of ${countText(key.length, 'column')}`)
  },
  words: ({ values: { columns, key } }, { name, key: declared }) => ({
    columns,
    title: `values of ${columns.join(', ')} in ${name} (${(key ?? declared).join(', ')})`,
    expected: `every combination is in ${name}`,
  }),
  needs: (call, pair) => Object.values(questionOf(call, pair).metrics),
  judge: judgeKeys,
})

/** Which rows refer to nothing, and which to what is not there; with their numbers. */
function questionOf(
  { dataset, values }: KindCall<Parameters, RowCheckOptions>,
  { here, there }: Pick<Pair, 'here' | 'there'>,
) {
  const { columns, other: target } = values
  const key = values.key ?? target.key
  const pairs = columns.map(
    (name, i) => [columnOf(here, name, dataset.name), columnOf(there, key[i] as string, target.name)] as const,
  )
  const { dialect } = here.engine
  const present = all(pairs.map(([from]) => sql`not ${cellOf(from, dialect).missing}`))
  const parts = pairs.flatMap(([from, to]) => comparablePairs(from, to, dialect))
  const [own, theirs] = [parts.map(([mine]) => mine), parts.map(([, other]) => other)]
  const known = all(theirs.map((part) => sql`${part} is not null`))
  // No column of these rows is named within the subquery: engines take it for a function or an alias that is called like it.
  const stand = sql`(${join(own)}) in (select distinct ${join(theirs)} from ${there.from} where ${known})`
  const where = sql`(${present} and (${any(own.map((part) => sql`${part} is null`))} or not ${stand}))`
  const absent = sql`not ${present}`
  const counted = (kind: string, of: Sql) =>
    countWhere({ key: canonical([`keyExists ${kind}`, columns, key, numberOf(there)]), columns, sql: () => of })
  const metrics = { rows: rowCount(), missing: counted('missing', absent), broken: counted('broken', where) }
  return { where, absent, metrics }
}

async function judgeKeys(
  call: KindCall<Parameters, RowCheckOptions>,
  { here, there, context }: Pair,
): Promise<Judgement> {
  const { dataset, values, options } = call
  const { signal } = context
  const { columns, other: target } = values
  const key = values.key ?? target.key
  const { mostly, nulls } = options
  const { where, absent, metrics } = questionOf(call, { here, there })
  const { measure } = await import('../measure.ts')
  const { values: counts, sql: queries } = await measure(here, metrics, signal)
  const { rows, missing, broken } = counts
  const judgement = { ...judgeRows({ rows, missing, broken, mostly, nulls }), sql: queries }
  if (judgement.status !== 'fail') return judgement
  const [mine, theirs] = [await readAsWritten(here, columns, { signal }), await readAsWritten(there, key, { signal })]
  if (mine !== here || theirs !== there) return judgeKeys(call, { here: mine, there: theirs, context })
  const failing =
    nulls === 'fail' ? { where: sql`(${absent} or ${where})`, total: broken + missing } : { where, total: broken }
  const { sampleOf } = await import('../rows/samples.ts')
  return { ...judgement, evidence: [await sampleOf(dataset, here, { ...failing, marked: columns }, { signal })] }
}

function columnOf({ columns }: Relation, name: string, table: string): Column {
  const match = columns.find((column) => column.name === name)
  if (match) return match
  const near = nearest(
    name,
    columns.map((column) => column.name),
  )
  throw new AssayError('missing-column', `${shown(table)} has no column ${shown(name)}`, {
    hint: near && `did you mean ${shown(near)}?`,
  })
}
