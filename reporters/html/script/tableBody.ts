/// <reference lib="dom" />
import type { matching } from './matching.ts'
import type { ordered } from './ordered.ts'
import type { PageFacts } from './pageFacts.ts'
import type { rowElement } from './rowElement.ts'
import type { TableFilter } from './tableFilter.ts'
import type { TableRow } from './tableRow.ts'
import type { tableRows } from './tableRows.ts'

/** The parts of the script that the rows of the table are made with. */
export interface BodyParts {
  readonly matching: typeof matching
  readonly ordered: typeof ordered
  readonly rowElement: typeof rowElement
  readonly tableRows: typeof tableRows
}

/** The rows of the table, and the line that counts them. */
export interface TableBody {
  /** Every row, also those that were not drawn. */
  readonly all: () => Promise<readonly TableRow[]>
  /** Shows the first `limit` rows of the filter, and `target` whatever the filter says. */
  readonly show: (filter: TableFilter, limit: number, target?: TableRow) => Promise<void>
}

/** Shows rows of the table; rows that were left out are read when first needed. */
export function tableBody(table: HTMLTableElement, facts: PageFacts, parts: BodyParts): TableBody {
  const get = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
  const body = get('rows') as HTMLTableSectionElement
  const island = document.getElementById('rest')
  const several = table.dataset['several'] === '1'
  const integer = (number: number): string => number.toLocaleString('en-US')
  const moreText = (left: number): string => `Show ${integer(Math.min(facts.page, left))} more of ${integer(left)}`
  const count = (shown: number, matched: number, total: number): void => {
    const part = shown < matched ? `, ${integer(shown)} shown` : ''
    const whole = shown === total ? `${integer(total)} shown` : `${integer(shown)} of ${integer(total)} shown`
    get('count').textContent = matched === total ? whole : `${integer(matched)} of ${integer(total)} match${part}`
    get('none').hidden = matched > 0
    get('more-line').hidden = shown === matched
    get('more').textContent = moreText(matched - shown)
  }
  const draw = (row: TableRow): HTMLTableRowElement => {
    row.tr ??= parts.rowElement(row.packed as NonNullable<TableRow['packed']>, facts.cells, several)
    return row.tr
  }
  let loaded: Promise<readonly TableRow[]> | undefined
  const all = (): Promise<readonly TableRow[]> => (loaded ??= parts.tableRows(table, island, facts))
  const show: TableBody['show'] = async ({ query, statuses, sorting }, limit, target) => {
    const rows = await all()
    const hasQuery = parts.matching(query)
    const isWanted = (row: TableRow): boolean =>
      (statuses.length === 0 || statuses.includes(row.status)) && hasQuery(row)
    const matched = parts.ordered(rows.filter(isWanted), sorting, facts)
    const shown = matched.slice(0, limit)
    count(shown.length, matched.length, rows.length)
    if (target && !shown.includes(target)) shown.push(target)
    const drawn = shown.map(draw)
    const known = [...body.rows]
    // Rows that stay where they are need not be laid out anew.
    if (known.every((tr, i) => tr === drawn[i])) body.append(...drawn.slice(known.length))
    else body.replaceChildren(...drawn)
  }
  const total = body.rows.length + Number(island?.dataset['count'] ?? 0)
  count(body.rows.length, total, total)
  return { all, show }
}
