import type { TableRow } from './tableRow.ts'

/**
 * Whether a row has every word of a query: a word anywhere, or in one place of it (`s:` status, `col:` column, `k:` kind,
 * `ds:` dataset or model), `!` none of it, `"…"` with spaces. An empty query has every row.
 */
export function matching(query: string): (row: TableRow) => boolean {
  const terms = (query.toLowerCase().match(/!?(?:[a-z]+:)?(?:"[^"]*"?|\S+)/g) ?? [])
    .map((token) => {
      const isExcluded = token.startsWith('!')
      const [, key, word = ''] =
        /^(?:(s|col|k|ds):)?(.*)$/s.exec((isExcluded ? token.slice(1) : token).replaceAll('"', '')) ?? []
      return { isExcluded, key, word }
    })
    .filter(({ word }) => word)
  const has = (row: TableRow, key: string | undefined, word: string): boolean => {
    if (key === 's') return row.status.startsWith(word)
    if (key === 'col') return row.column.toLowerCase().includes(word)
    if (key === 'k') return row.kinds.includes(word)
    if (key === 'ds') return row.name.toLowerCase().includes(word)
    return row.text.includes(word)
  }
  return (row) => terms.every(({ isExcluded, key, word }) => has(row, key, word) !== isExcluded)
}
