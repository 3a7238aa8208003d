/// <reference lib="dom" />
import type { CellName, PackedRow } from '../checkRow.ts'
import type { PageFacts } from './pageFacts.ts'
import type { TableRow } from './tableRow.ts'

/** All rows of the table: those the page was drawn with, and those packed in its island, which may be missing. */
export async function tableRows(
  table: HTMLTableElement,
  island: Element | null,
  { cells: names, fields }: PageFacts,
): Promise<readonly TableRow[]> {
  const several = table.dataset['several'] === '1'
  const at = (name: CellName): number => names.indexOf(name)
  const completed = (row: Omit<TableRow, 'text' | 'index'>, index: number): TableRow => {
    const shown = row.cells.slice(at('check'), at('share')).join(' ')
    const text = `${row.name} ${shown} ${row.kinds} ${row.status}`.toLowerCase().replace(/[\u202f\u00a0]/g, ' ')
    return { ...row, kinds: row.kinds.toLowerCase(), text, index }
  }
  const fromDrawn = (tr: HTMLTableRowElement, index: number): TableRow => {
    const { s: status = '', k: kinds = '', ds: name = '', col: column = '' } = tr.dataset
    const share = Number(tr.cells[at('share')]?.dataset['share'])
    const cells = [...tr.cells].map((cell) => cell.textContent ?? '')
    return completed({ tr, id: tr.id, status, kinds, name, column, share, cells }, index)
  }
  const fromPacked = (values: readonly unknown[], index: number): TableRow => {
    const packed = Object.fromEntries(fields.map((field, i) => [field, values[i]])) as unknown as PackedRow
    const { anchor, status, kinds, name, own, title, matcher, expected, measured, rows, failed, share, ms } = packed
    const check = `${several && own !== name ? `${name}.` : ''}${own} ${title}`
    const text: Record<CellName, string> = {
      status,
      check,
      matcher,
      expected,
      measured,
      rows,
      failed,
      share: '',
      time: ms,
    }
    const cells = names.map((cell) => text[cell])
    return completed({ packed, id: anchor, status, kinds, name, column: own, share, cells }, index)
  }
  const unpacked = async (packed: string): Promise<readonly (readonly unknown[])[]> => {
    const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
    return new Response(stream).json()
  }
  const drawn = [...(table.tBodies[0]?.rows ?? [])].map(fromDrawn)
  const rest = island ? await unpacked(island.textContent ?? '') : []
  return [...drawn, ...rest.map((values, i) => fromPacked(values, drawn.length + i))]
}
