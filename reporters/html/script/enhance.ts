/// <reference lib="dom" />
import type { checkTable, TableParts } from './checkTable.ts'
import type { PageFacts } from './pageFacts.ts'

/** All parts of the script. */
export interface ScriptParts extends TableParts {
  readonly checkTable: typeof checkTable
}

/** The theme button, the parts of the page that an address opens, and the table of checks. */
export function enhance(parts: ScriptParts, facts: PageFacts): void {
  const root = document.documentElement
  root.classList.add('js')

  document.getElementById('theme')?.addEventListener('click', () => {
    const { theme } = root.dataset
    const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset['theme'] = dark ? 'light' : 'dark'
  })

  const open = (id: string): void => {
    for (let part: Element | null = document.getElementById(id); part; part = part.parentElement)
      if (part instanceof HTMLDetailsElement) part.open = true
  }
  const openHash = (): void => open(location.hash.slice(1))
  addEventListener('hashchange', openHash)
  openHash()
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    if (link) open(link.getAttribute('href')?.slice(1) ?? '')
  })

  const table = document.getElementById('check-table') as HTMLTableElement | null
  if (table) parts.checkTable(table, facts, parts)
}
