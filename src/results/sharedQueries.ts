import type { CheckResult } from './checkResult.ts'
import type { RunDocument, RunResult } from './runDocument.ts'

/** Results with their queries in one list, each once: checks of one scan repeat the same long text. */
export function sharedQueries(results: readonly CheckResult[]): Pick<RunDocument, 'results' | 'queries'> {
  const places = new Map<string, number>()
  const placeOf = (query: string): number => {
    const known = places.get(query) ?? places.size
    places.set(query, known)
    return known
  }
  const sharing = results.map(({ sql, ...result }): RunResult => {
    return sql && sql.length > 0 ? { ...result, queries: sql.map(placeOf) } : result
  })
  return { results: sharing, queries: [...places.keys()] }
}

/** The queries of a result of a run. */
export function queriesOf({ queries = [] }: RunResult, run: Pick<RunDocument, 'queries'>): readonly string[] {
  return queries.flatMap((place) => run.queries[place] ?? [])
}
