import { type ColumnCell, cellOf } from '../../cells/cell.ts'
import { comparablePairs } from '../../cells/identity.ts'
import { cellsOf, withCells } from '../../cells/withCells.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import type { Column, Relation } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { columnNamed } from '../../metrics/metric.ts'
import type { RowsBlock } from '../../results/blocks/rows.ts'
import { all, any } from '../../sql/dialect.ts'
import { id, join, raw, type Sql, sql } from '../../sql/sql.ts'
import { countText } from '../../words/text/numbers.ts'
import type { KindCall } from '../asked.ts'
import type { Judgement } from '../check.ts'
import { type Pair, pairCheck } from '../forms/pair.ts'
import { allowEmpty, type RowCheckOptions, severity } from '../parameters/options.ts'
import { other } from '../parameters/other.ts'
import { options } from '../parameters/parameter.ts'
import { isGuess, readAsWritten } from '../readAsWritten.ts'

/** What `sameRows` can be told. */
export type SameRowsOptions = Pick<RowCheckOptions, 'severity' | 'allowEmpty'>

/**
 * The dataset has the rows of another, each as often, in any order: in the columns of both, compared as values, where two
 * missing values are alike. A column of a text file is what all its cells are; one that is none of a type that `types` says is
 * compared as a text. Where neither has a row there is nothing to judge. An error where either has a column that the other lacks.
 */
export const sameRows = pairCheck<readonly [typeof other], SameRowsOptions>({
  kind: 'sameRows',
  family: 'rule',
  says: 'The dataset has the rows of another, each as often, in any order.',
  example: "await expect(orders).toHaveSameRows(dataset('expected.csv'))",
  parameters: [other],
  options: options<SameRowsOptions>(severity, allowEmpty),
  together: true,
  words: (_, { name }) => ({ title: `the rows of ${name}`, expected: `the rows of ${name}, each as often` }),
  judge: judgeRows,
})

async function judgeRows(
  call: KindCall<readonly [typeof other], SameRowsOptions>,
  { here, there, context }: Pair,
): Promise<Judgement> {
  const {
    dataset,
    values: { other: target },
    options,
  } = call
  const { signal } = context
  const parts = partsOf(here, there, [dataset.name, target.name])
  // Names that no column has.
  const names = parts.map((_, i) => id(`__assay_value_${i}`))
  const side = (which: 0 | 1, from: Sql, n: number): Sql =>
    sql`select ${join(parts.map(({ cells }, i) => sql`${cells[which]} as ${names[i] as Sql}`))}, ${raw(String(n))} as n from ${from}`
  const unread = any(parts.flatMap(({ isGuessed }, i) => (isGuessed ? [sql`${names[i] as Sql} is not null`] : [])))
  const [row = []] = await here.engine.query(
    sql`select coalesce(sum(case when d > 0 then d else 0 end), 0), coalesce(sum(case when d < 0 then -d else 0 end), 0),
          count(case when unread then 1 end), count(*)
        from (select sum(n) as d, ${unread} as unread
          from (${side(0, here.from, 1)} union all ${side(1, there.from, -1)}) as both_sides
          group by ${join(names)}) as g`,
    { signal },
  )
  const [more = 0, fewer = 0, guessedWrong = 0, different = 0] = row.map(Number)
  if (guessedWrong > 0) {
    const [mine, rest] = [
      await readAsWritten(here, namesOf(here), { signal }),
      await readAsWritten(there, namesOf(there), { signal }),
    ]
    if (mine !== here || rest !== there) return judgeRows(call, { here: mine, there: rest, context })
  }
  if (different === 0 && !options.allowEmpty)
    return {
      status: 'vacuous',
      measured: 'nothing to judge: there are no rows',
      message: 'neither has a row, so nothing was shown; pass allowEmpty: true if that is fine',
    }
  if (more + fewer === 0) return { status: 'pass', measured: 'the same rows', value: 0 }
  const measured = [
    ...(more > 0 ? [`${countText(more, 'row')} more than there`] : []),
    ...(fewer > 0 ? [`${countText(fewer, 'row')} fewer`] : []),
  ].join(', ')
  const [own, missing] = [
    more === 0 ? undefined : await lackedRows({ dataset, relation: here }, there, parts, signal),
    fewer === 0 ? undefined : await lackedRows({ dataset: target, relation: there }, here, parts.map(turned), signal),
  ]
  return {
    status: 'fail',
    measured,
    value: more + fewer,
    evidence: [own ?? [], missing ? { ...missing, from: target.name } : []].flat(),
  }
}

const turned = ({ cells: [mine, rest], ...part }: Part): Part => ({ ...part, cells: [rest, mine] })

/** The rows of one side none of which stands on the other; undefined where each does, and only how often differs. */
async function lackedRows(
  { dataset, relation }: { readonly dataset: Dataset; readonly relation: Relation },
  rest: Relation,
  parts: readonly Part[],
  signal: AbortSignal | undefined,
): Promise<RowsBlock | undefined> {
  // Engines take a column of the rows outside, named within a subquery, for a function or an alias that is called like it.
  const own = parts.map((_, i) => id(`__assay_own_${i}`))
  const names = parts.map((_, i) => id(`__assay_value_${i}`))
  const compared = withCells(relation, [
    ...relation.columns.flatMap(cellsOf),
    ...parts.map(({ cells: [part] }, i) => sql`${part} as ${own[i] as Sql}`),
  ])
  const others = sql`(select ${join(parts.map(({ cells }, i) => sql`${cells[1]} as ${names[i] as Sql}`))} from ${rest.from}) as others`
  const equal = all(own.map((part, i) => sql`${names[i] as Sql} is not distinct from ${part}`))
  const where = sql`not exists (select 1 from ${others} where ${equal})`
  const [[count] = []] = await relation.engine.query(sql`select count(*) from ${compared.from} where ${where}`, {
    signal,
  })
  if (Number(count) === 0) return undefined
  const failing = { where, marked: namesOf(relation), total: Number(count) }
  const { sampleOf } = await import('../rows/samples.ts')
  return sampleOf(dataset, compared, failing, { signal })
}

const namesOf = ({ columns }: Relation): readonly string[] => columns.map(({ name }) => name)

/** What is compared of a column, here and there. */
interface Part {
  readonly cells: readonly [Sql, Sql]
  /** Whether it is there for cells that are not what the first rows made believe. */
  readonly isGuessed?: boolean
}

/** What is compared of each column. */
function partsOf(here: Relation, there: Relation, names: readonly [string, string]): readonly Part[] {
  const { dialect } = here.engine
  const lacking = (some: readonly Column[], others: readonly Column[]): string[] =>
    some.filter(({ name }) => !others.some((one) => one.name === name)).map(({ name }) => JSON.stringify(name))
  for (const [i, missing] of [lacking(there.columns, here.columns), lacking(here.columns, there.columns)].entries()) {
    if (missing.length === 0) continue
    throw new AssayError('missing-column', `${JSON.stringify(names[i])} has no column ${missing.join(', ')}`, {
      hint: `${JSON.stringify(names[1 - i])} has; sameColumns says whether both have the same`,
    })
  }
  return here.columns.flatMap((column) => {
    const target = columnNamed(there.columns, column.name)
    const values = comparablePairs(column, target, dialect).map((cells): Part => ({ cells }))
    const cells = [cellOf(column, dialect), cellOf(target, dialect)] as const
    if (cells.every(({ readable }) => readable === 'always')) return values
    return [...values, { cells: [unread(cells[0]), unread(cells[1])], isGuessed: isGuess(column) || isGuess(target) }]
  })
}

/** A cell that is not of its column's type is told from a missing one, and from others, by its text. */
function unread({ readable, text, unreadable }: ColumnCell): Sql {
  return readable === 'always' ? raw('cast(null as varchar)') : sql`case when ${unreadable} then ${text} end`
}
