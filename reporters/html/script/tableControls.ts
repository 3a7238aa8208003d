/// <reference lib="dom" />
import type { PageFacts } from './pageFacts.ts'
import type { TableFilter } from './tableFilter.ts'

/** What sets the filter of the table: the field, a button for each status, the headings, and the one that clears it. */
export interface TableControls {
  /** The filter as they stand. */
  readonly filter: () => TableFilter
  readonly set: (filter: TableFilter) => void
}

/** Makes the controls work: `changed` is called whenever a reader has changed the filter. */
export function tableControls(table: HTMLTableElement, { cells }: PageFacts, changed: () => void): TableControls {
  const input = document.getElementById('q') as HTMLInputElement
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-status]')]
  const headings = [...(table.tHead?.rows[0]?.cells ?? [])]
  let filter: TableFilter = { query: '', statuses: [], sorting: undefined }
  const current = (): TableFilter => ({ ...filter, query: input.value })
  const set = (next: TableFilter): void => {
    filter = next
    if (input.value !== next.query) input.value = next.query
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(next.statuses.includes(button.dataset['status'] ?? '')))
    for (const [column, heading] of headings.entries()) {
      if (next.sorting?.column !== column) heading.removeAttribute('aria-sort')
      else heading.setAttribute('aria-sort', next.sorting.down ? 'descending' : 'ascending')
    }
  }
  const change = (part: Partial<TableFilter>): void => {
    set({ ...current(), ...part })
    changed()
  }

  let timer = 0
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(changed, 80)
  })
  for (const button of buttons)
    button.addEventListener('click', () => {
      const { status = '' } = button.dataset
      const others = filter.statuses.filter((pressed) => pressed !== status)
      change({ statuses: others.length < filter.statuses.length ? others : [...others, status] })
    })
  document.getElementById('clear')?.addEventListener('click', () => {
    change({ query: '', statuses: [] })
    input.focus()
  })
  for (const [column, heading] of headings.entries()) {
    const button = document.createElement('button')
    button.textContent = heading.textContent
    button.type = 'button'
    heading.replaceChildren(button)
    button.addEventListener('click', () => {
      // Numbers are asked for from the largest; a third click restores the order of the run, worst first.
      const first = column >= cells.indexOf('measured')
      const { sorting } = filter
      if (sorting?.column !== column) change({ sorting: { column, down: first } })
      else change({ sorting: sorting.down === first ? { column, down: !first } : undefined })
    })
  }
  return { filter: current, set }
}
