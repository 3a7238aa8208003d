import type { TextDialect } from './textDialect.ts'

/** The cells of a record whose quotes are in order, byte by byte (as Latin-1), without their quotes. */
export function cellsOf(record: string, { delimiter, quote, escape }: TextDialect): string[] {
  const cells: string[] = []
  let i = 0
  for (;;) {
    let cell = ''
    if (quote !== '' && record[i] === quote) {
      i++
      for (;;) {
        const close = record.indexOf(quote, i)
        const escaped = escape === quote ? close : record.indexOf(escape, i)
        const inside = escaped >= 0 && (escape === quote ? record[close + 1] === quote : escaped < close)
        const until = inside ? escaped : close < 0 ? record.length : close
        cell += record.slice(i, until)
        i = until + 1
        if (!inside) break
        cell += record[i] ?? ''
        i++
      }
    } else {
      const until = record.indexOf(delimiter, i)
      cell = record.slice(i, until < 0 ? undefined : until)
      i += cell.length
    }
    cells.push(cell)
    if (record[i] !== delimiter) return cells
    i++
  }
}

/** Cells as a record that reads as them; the inverse of `cellsOf`. */
export function recordOf(cells: readonly string[], { delimiter, quote, escape }: TextDialect): string {
  const quoted = (cell: string): string => {
    const plain = !/[\r\n]|^\s|\s$/.test(cell) && !cell.includes(delimiter) && !cell.includes(quote)
    if (plain || quote === '') return cell
    let inner = cell
    if (escape !== quote) inner = inner.replaceAll(escape, escape + escape)
    return quote + inner.replaceAll(quote, escape + quote) + quote
  }
  return cells.map(quoted).join(delimiter)
}
