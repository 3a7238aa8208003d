import { judgeRows } from '../checks/forms/judgeRows.ts'
import { type Check, aboutDataset } from '../checks/check.ts'
import { sampleOf } from '../checks/samples.ts'
import { type Dataset, dataset as open } from '../dataset/dataset.ts'
import { portablePath } from '../bytes/address.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { AssayError, nearest } from '../errors.ts'
import { comparableWith } from '../metrics/identity.ts'
import type { Severity } from '../results/checkResult.ts'
import { all } from '../sql/dialect.ts'
import { id, join, type Sql, sql } from '../sql/sql.ts'
import { shown } from './json.ts'
import type { Reference } from './tableSchema.ts'
import { relationOf } from '../dataset/opened.ts'

/**
 * Every row's values in some columns stand together in columns of another dataset, or of this one. A row with a missing
 * value among them refers to nothing, and is not tested.
 */
export function keyExists(
  view: Dataset,
  { columns, file, to, key, missing }: Reference,
  { severity }: { severity: Severity },
): Check {
  const about = aboutDataset(view, columns, {
    asked: { file: file === undefined ? undefined : portablePath(file), to, key },
    limits: { missing: missing && new Set(missing), severity },
  })
  const words = `${columns.join(', ')} in ${to} (${key.join(', ')})`
  return {
    type: 'run',
    kind: 'keyExists',
    family: 'schema',
    subject: { ...about.subject, reference: to },
    question: about.question,
    title: `values of ${words}`,
    expected: `every combination is in ${to}`,
    severity,
    inputs: [view],
    async run({ signal }) {
      const here = await relationOf(view)
      const there = file === undefined ? view : open(file, missing ? { missing } : {})
      const other = await relationOf(there)
      if (here.engine !== other.engine)
        throw new AssayError('wrong-use', `${shown(view.name)} and ${shown(to)} are on different engines`)
      const pairs = columns.map(
        (name, i) => [columnOf(here, name, view.name), columnOf(other, key[i] as string, to)] as const,
      )
      const present = all(pairs.map(([from]) => sql`${cell(from)} is not null`))
      // One column for each part of the key, so that names of the two tables never meet.
      const parts = pairs.flatMap(([from, target]) => {
        const [mine, theirs] = [
          comparableWith(from, target, here.engine.dialect),
          comparableWith(target, from, other.engine.dialect),
        ]
        return mine.map((part, i) => [part, theirs[i] as Sql] as const)
      })
      const names = parts.map((_, i) => id(`k${i}`))
      const keys = sql`(select distinct ${join(parts.map(([, theirs], i) => sql`${theirs} as ${names[i] as Sql}`))}
        from ${other.from}) as keys`
      const equal = all(parts.map(([mine], i) => sql`keys.${names[i] as Sql} = ${mine}`))
      const where = sql`(${present} and not exists (select 1 from ${keys} where ${equal}))`
      const [counted] = await here.engine.query(
        sql`select count(*), coalesce(sum(case when ${sql`not ${present}`} then 1 else 0 end), 0),
          coalesce(sum(case when ${where} then 1 else 0 end), 0) from ${here.from}`,
        { signal },
      )
      const [rows, none, broken] = (counted ?? []).map(Number) as [number, number, number]
      const judgement = judgeRows({ rows, missing: none, broken, mostly: 1, nulls: 'ignore' })
      if (judgement.status !== 'fail') return judgement
      return { ...judgement, sample: await sampleOf(view, here, { where, marked: columns, total: broken }, { signal }) }
    },
  }
}

const cell = ({ rawName, name }: Column): Sql => id(rawName ?? name)

function columnOf({ columns }: Relation, name: string, table: string): Column {
  const found = columns.find((column) => column.name === name)
  if (found) return found
  const near = nearest(
    name,
    columns.map((column) => column.name),
  )
  throw new AssayError('missing-column', `${shown(table)} has no column ${shown(name)}`, {
    hint: near && `did you mean ${shown(near)}?`,
  })
}
