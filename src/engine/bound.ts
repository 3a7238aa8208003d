import { type Rendered, render, type SqlSpelling } from '../sql/render.ts'
import type { Bindable, Sql, Replacement } from '../sql/sql.ts'
import type { QueryOptions } from './engine.ts'

/** A query as an engine takes it; without parameters nothing has to be prepared. */
export interface Bound extends Omit<Rendered, 'params'> {
  readonly params: Bindable[] | undefined
}

export function bound(query: Sql, spelling: SqlSpelling, instead?: ReadonlyMap<Replacement, Sql>): Bound {
  const { params, ...rendered } = render(query, spelling, instead)
  return { ...rendered, params: params.length > 0 ? [...params] : undefined }
}

/** The query with what stands in for parts of it, watched as it was. */
export async function withStandIns(
  query: Sql,
  { guards, standIns }: Bound,
  spelling: SqlSpelling,
  options: QueryOptions,
): Promise<Bound> {
  return { ...bound(query, spelling, await inPlace(standIns, options)), guards }
}

/** What stands in for parts of a query at this moment. */
export async function inPlace(
  standIns: ReadonlySet<Replacement>,
  { signal }: QueryOptions,
): Promise<ReadonlyMap<Replacement, Sql>> {
  const instead = new Map<Replacement, Sql>()
  for (const standIn of standIns) {
    const other = await standIn({ signal })
    if (other) instead.set(standIn, other)
  }
  return instead
}
