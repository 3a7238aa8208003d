/// <reference lib="dom" />
import { type Status, statusOrder } from '../../src/results/checkResult.ts'
import { type CellName, cells, type PackedRow, packedFields } from './checkRow.ts'

/** What the page's script knows of how the page was drawn. */
interface Drawn {
  readonly statuses: readonly Status[]
  /** The cells of a row of the table, in order. */
  readonly cells: readonly CellName[]
  /** What a row that was left out is made of, in order. */
  readonly fields: typeof packedFields
  /** Rows that are shown at once. */
  readonly page: number
}

/**
 * The one script of the report: theme button, and filter, sorting, paging and addresses of the table of checks. The page
 * is complete without it. It writes texts and attributes only, never markup. Its text is put into the page: it must name
 * nothing outside itself but what a browser has.
 */
function enhance({ statuses, cells: names, fields, page }: Drawn): void {
  /** A row of the table; `tr` of one that was not drawn yet is undefined. */
  interface Row {
    tr?: HTMLTableRowElement
    readonly packed?: PackedRow
    readonly id: string
    readonly status: string
    readonly kinds: string
    readonly name: string
    readonly column: string
    readonly share: number
    readonly cells: readonly string[]
    /** What the filter looks at. */
    text: string
    index: number
  }
  interface Term {
    readonly no: boolean
    readonly key: string | undefined
    readonly word: string
  }

  const root = document.documentElement
  const find = (id: string): HTMLElement | null => document.getElementById(id)
  const get = <E extends HTMLElement = HTMLElement>(id: string): E => find(id) as E
  root.classList.add('js')

  get('theme').addEventListener('click', () => {
    const { theme } = root.dataset
    const dark = theme ? theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches
    root.dataset['theme'] = dark ? 'light' : 'dark'
  })

  const openTarget = (element: Element | null): void => {
    for (let part = element; part; part = part.parentElement) if (part instanceof HTMLDetailsElement) part.open = true
  }
  const openHash = (): void => openTarget(find(location.hash.slice(1)))
  addEventListener('hashchange', openHash)
  openHash()

  const table = find('check-table') as HTMLTableElement | null
  if (!table) return

  const body = get<HTMLTableSectionElement>('rows')
  const input = get<HTMLInputElement>('q')
  const several = table.dataset['several'] === '1'
  const island = find('rest')
  const at = (name: CellName): number => names.indexOf(name)
  const chosen = new Set<string>()
  let sort: { readonly column: number; readonly down: boolean } | null = null
  let limit = Math.max(page, body.rows.length)

  const completed = (row: Omit<Row, 'text' | 'index'>): Row => {
    const shown = row.cells.slice(at('check'), at('share')).join(' ')
    const text = `${row.name} ${shown} ${row.kinds} ${row.status}`.toLowerCase().replace(/[\u202f\u00a0]/g, ' ')
    return { ...row, kinds: row.kinds.toLowerCase(), text, index: 0 }
  }
  const fromDrawn = (tr: HTMLTableRowElement): Row => {
    const { s: status = '', k: kinds = '', ds: name = '', col: column = '' } = tr.dataset
    const share = Number(tr.cells[at('share')]?.dataset['share'])
    const texts = [...tr.cells].map((cell) => cell.textContent ?? '')
    return completed({ tr, id: tr.id, status, kinds, name, column, share, cells: texts })
  }
  const whatOf = ({ name, own, title }: PackedRow): string =>
    `${several && own !== name ? `${name}.` : ''}${own} ${title}`
  const fromPacked = (values: readonly unknown[]): Row => {
    const packed = Object.fromEntries(fields.map((field, i) => [field, values[i]])) as unknown as PackedRow
    const { anchor, status, kinds, name, own, matcher, expected, measured, rows, failed, share, ms } = packed
    const text: Record<CellName, string> = {
      status,
      check: whatOf(packed),
      matcher,
      expected,
      measured,
      rows,
      failed,
      share: '',
      time: ms,
    }
    const texts = names.map((cell) => text[cell])
    return completed({ packed, id: anchor, status, kinds, name, column: own, share, cells: texts })
  }

  let all: readonly Row[] | undefined
  const load = async (): Promise<readonly Row[]> => {
    if (all) return all
    const drawn = [...body.rows].map(fromDrawn)
    let rest: Row[] = []
    if (island) {
      const bytes = Uint8Array.from(atob(island.textContent ?? ''), (character) => character.charCodeAt(0))
      const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
      rest = ((await new Response(stream).json()) as readonly (readonly unknown[])[]).map(fromPacked)
    }
    // Whoever asked meanwhile may have loaded them.
    all ??= [...drawn, ...rest]
    all.forEach((row, index) => (row.index = index))
    return all
  }

  const svgNode = (name: string, attributes: Readonly<Record<string, string | number>>): SVGElement => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', name) as SVGElement
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value))
    return element
  }
  const node = (name: string, className?: string, text?: string): HTMLElement => {
    const element = document.createElement(name)
    if (className) element.className = className
    if (text !== undefined) element.textContent = text
    return element
  }
  const badge = (status: string): HTMLElement => {
    const element = node('span', `s ${status}`)
    const glyph = svgNode('svg', { class: 'g', width: 12, height: 12, 'aria-hidden': 'true' })
    glyph.append(svgNode('use', { href: `#g-${status}` }))
    element.append(glyph, status.charAt(0).toUpperCase() + status.slice(1))
    return element
  }
  const bar = ({ status, share, length, tick }: PackedRow): SVGElement => {
    const label = `${(100 * share).toPrecision(3)} % of tested rows fail`
    const picture = svgNode('svg', {
      class: 'bar',
      width: 92,
      height: 10,
      viewBox: '0 0 92 10',
      role: 'img',
      'aria-label': label,
    })
    picture.append(svgNode('rect', { class: 'f-line', y: 3, width: 92, height: 4, rx: 2 }))
    picture.append(svgNode('rect', { class: `f-${status}`, y: 3, width: length, height: 4, rx: 2 }))
    if (tick >= 0) picture.append(svgNode('path', { class: 'k-ink', 'stroke-width': 1.2, d: `M${tick} 0V10` }))
    return picture
  }
  const draw = (row: Row): HTMLTableRowElement => {
    if (row.tr || !row.packed) return row.tr as HTMLTableRowElement
    const { packed } = row
    const tr = node('tr') as HTMLTableRowElement
    tr.id = row.id
    const cell = (className?: string, text?: string): HTMLElement => tr.appendChild(node('td', className, text))
    const drawn: Record<CellName, () => void> = {
      status: () => cell().append(badge(packed.status)),
      check: () => {
        const what = cell('what')
        if (several && packed.own !== packed.name) what.append(node('code', 'x', `${packed.name}.`))
        what.append(node('code', '', packed.own), ` ${packed.title}`)
      },
      matcher: () => cell().append(node('code', 'x', packed.matcher)),
      expected: () => cell('text', packed.expected),
      measured: () => cell('text r', packed.measured),
      rows: () => cell('r', packed.rows),
      failed: () => cell('r', packed.failed),
      share: () => {
        const share = cell()
        if (packed.length > 0) share.append(bar(packed))
      },
      time: () => cell('r x', packed.ms),
    }
    for (const name of names) drawn[name]()
    row.tr = tr
    return tr
  }

  const matcherOf = (query: string): ((row: Row) => boolean) => {
    const tokens = query.toLowerCase().match(/!?(?:[a-z]+:)?(?:"[^"]*"?|\S+)/g) ?? []
    const terms = tokens
      .map((token): Term => {
        const no = token.startsWith('!')
        const [, key, word = ''] =
          /^(?:(s|col|k|ds):)?(.*)$/s.exec((no ? token.slice(1) : token).replaceAll('"', '')) ?? []
        return { no, key, word }
      })
      .filter(({ word }) => word)
    const hit = (row: Row, { key, word }: Term): boolean => {
      if (key === 's') return row.status.startsWith(word)
      if (key === 'col') return row.column.toLowerCase().includes(word)
      if (key === 'k') return row.kinds.includes(word)
      if (key === 'ds') return row.name.toLowerCase().includes(word)
      return row.text.includes(word)
    }
    return (row) => (chosen.size === 0 || chosen.has(row.status)) && terms.every((term) => hit(row, term) !== term.no)
  }

  const numberOf = (text: string): number => {
    const match = /^[<>≤≥=\s]*([-−]?\d[\d,]*(?:\.\d+)?)/.exec(text)
    return match?.[1] === undefined ? Number.NaN : Number(match[1].replaceAll(',', '').replace('−', '-'))
  }
  const keyOf = (row: Row, column: number): string | number => {
    if (column === at('status')) return statuses.indexOf(row.status as Status)
    if (column === at('share')) return row.share
    const text = row.cells[column] ?? ''
    if (column < at('expected')) return text.toLowerCase()
    const number = numberOf(text)
    if (!Number.isNaN(number)) return number
    return column > at('measured') ? -1 : text.toLowerCase()
  }
  const sorted = (rows: readonly Row[]): readonly Row[] => {
    const order = sort
    if (!order) return [...rows].sort((a, b) => a.index - b.index)
    return rows
      .map((row) => ({ key: keyOf(row, order.column), row }))
      .sort(({ key: a, row: one }, { key: b, row: two }) => {
        const alike = typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === 'number' ? -1 : 1
        return (order.down ? -alike : alike) || one.index - two.index
      })
      .map(({ row }) => row)
  }

  const integer = (number: number): string => number.toLocaleString('en-US')
  const moreText = (left: number): string => `Show ${integer(Math.min(page, left))} more of ${integer(left)}`
  const tell = (shown: number, matching: number, total: number): void => {
    const part = shown < matching ? `, ${integer(shown)} shown` : ''
    const whole = shown === total ? `${integer(total)} shown` : `${integer(shown)} of ${integer(total)} shown`
    get('count').textContent = matching === total ? whole : `${integer(matching)} of ${integer(total)} match${part}`
  }
  const show = async ({ address = true, target }: { address?: boolean; target?: Row } = {}): Promise<void> => {
    const rows = await load()
    const matching = sorted(rows.filter(matcherOf(input.value)))
    const shown = matching.slice(0, limit)
    if (target && !shown.includes(target)) shown.push(target)
    const drawn = shown.map(draw)
    const known = [...body.rows]
    // Rows that stay where they are need not be laid out anew.
    if (known.every((tr, i) => tr === drawn[i])) body.append(...drawn.slice(known.length))
    else body.replaceChildren(...drawn)
    const left = Math.max(0, matching.length - limit)
    tell(Math.min(limit, matching.length), matching.length, rows.length)
    get('none').hidden = matching.length > 0
    get('more-line').hidden = left === 0
    get('more').textContent = moreText(left)
    if (!address) return
    const parts = new URLSearchParams()
    if (input.value.trim()) parts.set('q', input.value.trim())
    if (chosen.size) parts.set('s', [...chosen].join(','))
    if (sort) parts.set('by', `${sort.down ? '-' : ''}${sort.column}`)
    history.replaceState(null, '', parts.size ? `#?${parts}` : location.pathname + location.search)
  }

  let timer = 0
  const changed = (): void => {
    limit = page
    void show()
  }
  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(changed, 80)
  })
  const buttons = [...document.querySelectorAll<HTMLElement>('[data-status]')]
  const press = (): void => {
    for (const button of buttons)
      button.setAttribute('aria-pressed', String(chosen.has(button.dataset['status'] ?? '')))
  }
  for (const button of buttons)
    button.addEventListener('click', () => {
      const { status = '' } = button.dataset
      if (!chosen.delete(status)) chosen.add(status)
      press()
      changed()
    })
  /** Puts the keyboard where the reader is. */
  const enter = (row: HTMLElement | undefined): void => {
    if (!row) return
    row.tabIndex = -1
    row.focus({ preventScroll: true })
  }
  get('more').addEventListener('click', () => {
    const known = body.rows.length
    limit += page
    void show().then(() => {
      if (get('more-line').hidden) enter(body.rows[known])
    })
  })
  get('clear').addEventListener('click', () => {
    input.value = ''
    chosen.clear()
    press()
    changed()
    input.focus()
  })

  const headings = [...(table.tHead?.rows[0]?.cells ?? [])]
  const markSort = (): void => {
    headings.forEach((heading, column) => {
      if (sort?.column === column) heading.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending')
      else heading.removeAttribute('aria-sort')
    })
  }
  headings.forEach((heading, column) => {
    const button = node('button', '', heading.textContent ?? '') as HTMLButtonElement
    button.type = 'button'
    heading.replaceChildren(button)
    button.addEventListener('click', () => {
      // Numbers are asked for from the largest; a third click restores the order of the run, worst first.
      const first = column >= at('measured')
      if (sort?.column !== column) sort = { column, down: first }
      else sort = sort.down === first ? { column, down: !first } : null
      markSort()
      changed()
    })
  })

  const followFilter = async (): Promise<void> => {
    const parts = new URLSearchParams(location.hash.slice(2))
    input.value = parts.get('q') ?? ''
    chosen.clear()
    for (const status of (parts.get('s') ?? '').split(',')) if (statuses.includes(status as Status)) chosen.add(status)
    const [, down, column] = /^(-?)(\d)$/.exec(parts.get('by') ?? '') ?? []
    sort = column !== undefined && Number(column) < names.length ? { column: Number(column), down: down === '-' } : null
    limit = page
    press()
    markSort()
    await show({ address: false })
    get('checks').scrollIntoView()
  }
  const follow = async (): Promise<void> => {
    if (location.hash.startsWith('#?')) return followFilter()
    const id = decodeURIComponent(location.hash.slice(1))
    if (!id) return
    openTarget(find(id))
    if (!id.startsWith('c-') || find(id)) return
    const target = (await load()).find((row) => row.id === id)
    if (!target) return
    input.value = ''
    chosen.clear()
    press()
    await show({ address: false, target })
    for (const old of body.querySelectorAll('.target')) old.classList.remove('target')
    target.tr?.classList.add('target')
    enter(target.tr)
    target.tr?.scrollIntoView({ block: 'center' })
  }
  addEventListener('hashchange', () => void follow())
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null
    if (link) openTarget(find((link.getAttribute('href') ?? '').slice(1)))
  })
  const total = body.rows.length + (island ? Number(island.dataset['count']) : 0)
  tell(body.rows.length, total, total)
  get('more').textContent = moreText(total - body.rows.length)
  void follow()
}

const drawn: Drawn = { statuses: statusOrder, cells, fields: packedFields, page: 200 }

/** The script as it stands in the page. */
export const script: string = `(() => {
'use strict'
;(${enhance.toString()})(${JSON.stringify(drawn)})
})()`
