import { readFile } from 'node:fs/promises'
import path from 'node:path'

/** A cell whose value a workbook does not hold. */
export interface ExcelFlaw {
  /** The sheet's row, from 1. */
  readonly row: number
  /** The sheet's column, from 0. */
  readonly column: number
  /** `#REF!` and the like; undefined for a formula that was saved without its value. */
  readonly error: string | undefined
}

/** The cells of a sheet that show an error, and formulas saved without their value: the reader takes both for empty. */
export async function excelFlaws(file: string, sheet: string | number): Promise<readonly ExcelFlaw[]> {
  const { unzipSync, strFromU8 } = await import('fflate')
  const bytes = await readFile(file)
  const texts = (wanted: (name: string) => boolean): ReadonlyMap<string, string> => {
    const found = unzipSync(bytes, { filter: ({ name }) => wanted(name) })
    return new Map(Object.entries(found).map(([name, content]) => [name, strFromU8(content)]))
  }
  const index = texts((name) => /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels)$/.test(name))
  const sheets = tags(index.get('xl/workbook.xml') ?? '', 'sheet')
  const named = sheets.find((one, i) => (typeof sheet === 'number' ? i === sheet - 1 : one.name === sheet))
  const relation = tags(index.get('xl/_rels/workbook.xml.rels') ?? '', 'Relationship').find(
    ({ Id }) => Id === named?.['r:id'],
  )
  const target = relation?.Target ?? ''
  const part = target.startsWith('/') ? target.slice(1) : path.posix.join('xl', target)
  return flawsOf(texts((name) => name === part).get(part) ?? '')
}

function flawsOf(xml: string): ExcelFlaw[] {
  const flaws: ExcelFlaw[] = []
  for (const [, attributes = '', content = ''] of xml.matchAll(/<(?:\w+:)?c\b([^>]*[^/])>(.*?)<\/(?:\w+:)?c>/gs)) {
    const value = /<(?:\w+:)?v\b[^>]*>([^<]+)</.exec(content)?.[1]
    const isError = /\bt\s*=\s*["']e["']/.test(attributes)
    const isFormula = /<(?:\w+:)?f\b/.test(content) && !/\bt\s*=\s*["']str["']/.test(attributes)
    if (!isError && !(isFormula && value === undefined)) continue
    const [, letters = '', row = '0'] = /\br\s*=\s*["']([A-Z]+)(\d+)["']/.exec(attributes) ?? []
    flaws.push({ row: Number(row), column: columnOf(letters), error: isError ? (value ?? 'error') : undefined })
  }
  return flaws
}

/** `A` is 0, `Z` 25, `AA` 26. */
function columnOf(letters: string): number {
  let column = 0
  for (const letter of letters) column = column * 26 + letter.charCodeAt(0) - 64
  return column - 1
}

function tags(xml: string, tag: string): Record<string, string>[] {
  return [...xml.matchAll(new RegExp(`<(?:\\w+:)?${tag}\\b([^>]*)>`, 'g'))].map(([, attributes = '']) =>
    Object.fromEntries(
      [...attributes.matchAll(/([\w:]+)\s*=\s*["']([^"']*)["']/g)].map(([, name, value]) => [name, value]),
    ),
  )
}
