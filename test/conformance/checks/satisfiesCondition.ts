import { satisfiesCondition } from '../../../src/checks/index.ts'
import { id, sql } from '../../../src/sql/sql.ts'
import { int, text } from '../awkward.ts'
import { type CheckCase, held, judged } from '../known.ts'
import { counted, type Table } from '../naive.ts'

/** What a condition comes to of rows of which some have no answer. */
const naive = (answer: (row: Record<string, any>) => boolean | null, mostly?: number) => (rows: Table) => {
  const answers = rows.map((row) => answer(row as Record<string, any>))
  return counted(
    rows,
    answers.filter((one) => one !== null).length,
    answers.filter((one) => one === false).length,
    mostly,
  )
}

const cases: readonly CheckCase[] = [
  held(
    (d) => satisfiesCondition(d, sql`small > 1`),
    naive(({ small }) => (small == null ? null : small > 1)),
  ),
  held(
    (d) => satisfiesCondition(d, sql`id >= small`, { mostly: 0.5 }),
    naive(({ id: number, small }) => (small == null ? null : number >= small), 0.5),
  ),
  held(
    (d) => satisfiesCondition(d, sql`coalesce(small, ${-1}) <> ${2}`),
    naive(({ small }) => (small ?? -1) !== 2),
  ),
  held(
    (d) => satisfiesCondition(d, sql`${id(text)} <> ${"'; drop table t; --"}`),
    naive((row) => (row[text] == null ? null : row[text] !== "'; drop table t; --")),
  ),
  held(
    (d) => satisfiesCondition(d, sql`day <= ${id('at')} and ${id('at')} >= ${new Date('2000-01-01')}`),
    // False and unknown is false.
    naive(({ day, at }) => {
      if (at == null) return null
      if (at < new Date('2000-01-01')) return false
      return day == null ? null : day <= at
    }),
  ),
  // small is 1, 2, null, 2, 3, 3, 3, null, -5.
  judged((d) => satisfiesCondition(d, sql`small > 0`), {
    status: 'fail',
    title: 'rows where small > 0',
    counts: { rows: 9, missing: 2, tested: 7, failed: 1 },
  }),
  judged((d) => satisfiesCondition(d, sql`small > 0`, { nulls: 'fail' }), {
    status: 'fail',
    counts: { rows: 9, missing: 0, tested: 9, failed: 3 },
  }),
  judged((d) => satisfiesCondition(d, sql`${id(int)} > ${0} or ${id(int)} <= 0`), {
    status: 'pass',
    counts: { rows: 9, missing: 1, tested: 8, failed: 0 },
  }),
  judged((d) => satisfiesCondition(d.where({ id: -1 }), sql`small > 0`), { status: 'vacuous' }),
  judged((d) => satisfiesCondition(d.where({ id: [3, 8] }), sql`small > 0`), { status: 'vacuous' }),
]
export default cases
