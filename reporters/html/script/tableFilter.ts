import type { PageFacts } from './pageFacts.ts'
import type { Sorting } from './ordered.ts'

/** What of the table is shown, and in which order: every row where `statuses` is empty. */
export interface TableFilter {
  readonly query: string
  readonly statuses: readonly string[]
  readonly sorting: Sorting | undefined
}

/** The filter as the part of the page's address that `filterOf` reads; empty where nothing is filtered or sorted. */
export function filterHash({ query, statuses, sorting }: TableFilter): string {
  const parts = new URLSearchParams()
  if (query.trim()) parts.set('q', query.trim())
  if (statuses.length > 0) parts.set('s', statuses.join(','))
  if (sorting) parts.set('by', `${sorting.down ? '-' : ''}${sorting.column}`)
  return parts.size > 0 ? `#?${parts}` : ''
}

/** The filter that an address holds; what the page does not have is left out. */
export function filterOf(hash: string, { statuses, cells }: PageFacts): TableFilter {
  const parts = new URLSearchParams(hash.slice(2))
  const wanted = (parts.get('s') ?? '').split(',')
  const [, down, column] = /^(-?)(\d)$/.exec(parts.get('by') ?? '') ?? []
  const isColumn = column !== undefined && Number(column) < cells.length
  return {
    query: parts.get('q') ?? '',
    statuses: statuses.filter((status) => wanted.includes(status)),
    sorting: isColumn ? { column: Number(column), down: down === '-' } : undefined,
  }
}
