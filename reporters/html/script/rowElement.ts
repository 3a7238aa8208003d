/// <reference lib="dom" />
import type { CellName, PackedRow } from '../checkRow.ts'

/** Draws a row that was left out as `drawRow` draws those of the page. It writes texts and attributes only, never markup. */
export function rowElement(packed: PackedRow, cells: readonly CellName[], several: boolean): HTMLTableRowElement {
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
    const picture = svgNode('svg', {
      class: 'bar',
      width: 92,
      height: 10,
      viewBox: '0 0 92 10',
      role: 'img',
      'aria-label': `${(100 * share).toPrecision(3)} % of tested rows fail`,
    })
    picture.append(svgNode('rect', { class: 'f-line', y: 3, width: 92, height: 4, rx: 2 }))
    picture.append(svgNode('rect', { class: `f-${status}`, y: 3, width: length, height: 4, rx: 2 }))
    if (tick >= 0) picture.append(svgNode('path', { class: 'k-ink', 'stroke-width': 1.2, d: `M${tick} 0V10` }))
    return picture
  }
  const tr = node('tr') as HTMLTableRowElement
  tr.id = packed.anchor
  const cell = (className?: string, text?: string): HTMLElement => tr.appendChild(node('td', className, text))
  const draw: Record<CellName, () => void> = {
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
    share: () => cell().append(...(packed.length > 0 ? [bar(packed)] : [])),
    time: () => cell('r x', packed.ms),
  }
  for (const name of cells) draw[name]()
  return tr
}
