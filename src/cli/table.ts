import { shorten, visible } from '../words/text/visible.ts'

const WIDEST = 40

/** Rows as aligned text; numbers stand right. Cells are shown as visible text and cut. */
export function textTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  const cells = [header, ...rows].map((row) => row.map(cell))
  const widths = header.map((_, i) => Math.max(...cells.map((row) => (row[i] ?? '').length)))
  return cells.map((row) =>
    row
      .map((text, i) => (right.includes(i) ? text.padStart(widths[i] as number) : text.padEnd(widths[i] as number)))
      .join('  ')
      .trimEnd(),
  )
}

const cell = (text: string): string => shorten(visible(text), WIDEST)
