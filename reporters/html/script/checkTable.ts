/// <reference lib="dom" />
import type { PageFacts } from './pageFacts.ts'
import type { BodyParts, tableBody } from './tableBody.ts'
import type { tableControls } from './tableControls.ts'
import type { filterHash, filterOf } from './tableFilter.ts'

/** The parts of the script that the table of checks is made of. */
export interface TableParts extends BodyParts {
  readonly tableBody: typeof tableBody
  readonly tableControls: typeof tableControls
  readonly filterHash: typeof filterHash
  readonly filterOf: typeof filterOf
}

/** Filter, sorting, paging and addresses of the table of checks. */
export function checkTable(table: HTMLTableElement, facts: PageFacts, parts: TableParts): void {
  const get = (id: string): HTMLElement => document.getElementById(id) as HTMLElement
  const { rows } = get('rows') as HTMLTableSectionElement
  const body = parts.tableBody(table, facts, parts)
  let limit = Math.max(facts.page, rows.length)
  const show = async (): Promise<void> => {
    const filter = controls.filter()
    await body.show(filter, limit)
    history.replaceState(null, '', parts.filterHash(filter) || location.pathname + location.search)
  }
  const controls = parts.tableControls(table, facts, () => {
    limit = facts.page
    void show()
  })
  /** Puts the keyboard where the reader is. */
  const enter = (row: HTMLElement | undefined): void => {
    if (!row) return
    row.tabIndex = -1
    row.focus({ preventScroll: true })
  }
  get('more').addEventListener('click', () => {
    const known = rows.length
    limit += facts.page
    void show().then(() => {
      if (get('more-line').hidden) enter(rows[known])
    })
  })

  const followFilter = async (): Promise<void> => {
    controls.set(parts.filterOf(location.hash, facts))
    limit = facts.page
    await body.show(controls.filter(), limit)
    get('checks').scrollIntoView()
  }
  const followRow = async (id: string): Promise<void> => {
    const target = (await body.all()).find((row) => row.id === id)
    if (!target) return
    controls.set({ ...controls.filter(), query: '', statuses: [] })
    await body.show(controls.filter(), limit, target)
    for (const earlier of table.querySelectorAll('.target')) earlier.classList.remove('target')
    target.tr?.classList.add('target')
    enter(target.tr)
    target.tr?.scrollIntoView({ block: 'center' })
  }
  const follow = async (): Promise<void> => {
    if (location.hash.startsWith('#?')) return followFilter()
    const id = location.hash.slice(1)
    if (id.startsWith('c-') && !document.getElementById(id)) return followRow(id)
  }
  addEventListener('hashchange', () => void follow())
  void follow()
}
