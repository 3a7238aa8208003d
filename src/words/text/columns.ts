/** Rows of texts as lines of a table, indented by two; the first row are the headings. */
export function columnsOfText(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => (row[i] as string).length)))
  return rows.map((row) => `  ${row.map((text, i) => text.padEnd(widths[i] as number)).join('  ')}`.trimEnd())
}
