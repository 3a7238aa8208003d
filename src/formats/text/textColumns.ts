import { typeOfTexts } from '../../cells/lexical.ts'
import type { Spelling } from '../../cells/spelling.ts'
import type { ReadColumn } from '../../cells/textCells.ts'
import { AssayError } from '../../errors.ts'
import type { OpenOptions } from '../source.ts'
import type { NamedText } from './namedText.ts'
import { provenAs } from './provenColumns.ts'
import type { TextFile } from './textFile.ts'
import type { TextOptions } from './textOptions.ts'

/** How the cells of texts are read. */
export interface TextCellReading {
  /** The texts that stand for a missing value. */
  readonly missing: readonly string[]
  /** How cells are written where it is not as the engine reads them. */
  readonly spelled: Spelling | undefined
}

/** The columns of texts. */
export interface TextColumns {
  readonly columns: readonly ReadColumn[]
  /** The first texts of a column that are no missing value. */
  frontTexts(name: string): Iterable<string>
}

/**
 * The columns of one or more texts, in the order of the first, with the types that their first cells have or that the
 * options say; an AssayError where another has other columns, and for a type of a column that is not there.
 */
export function textColumns(
  texts: readonly NamedText[],
  { missing, spelled }: TextCellReading,
  options: OpenOptions<TextOptions>,
): TextColumns {
  const [first] = texts as [NamedText]
  for (const text of texts) checkSameColumns(first, text)
  checkTypes(options, first.text.names)
  const places = texts.map(({ text }) => new Map(text.names.map((name, i) => [name, i])))
  const placed = (name: string) => texts.map(({ text }, i) => ({ text, at: places[i]?.get(name) as number }))
  const frontTexts = (name: string): Iterable<string> =>
    presentTexts(
      placed(name).map(({ text: { head }, at }) => ({ head, at })),
      missing,
      spelled,
    )
  const columns = first.text.names.map((name): ReadColumn => {
    const type = typeOfTexts(frontTexts(name), options.types?.[name])
    const cells = placed(name).map(({ text, at }) => text.proven[at])
    const proven = spelled ? undefined : provenAs(type, cells, missing)
    return { name, ...type, ...(proven ? { proven } : {}) }
  })
  return { columns, frontTexts }
}

function checkSameColumns(first: NamedText, { file, text }: NamedText): void {
  if (text === first.text) return
  const names = new Set(first.text.names)
  const own = new Set(text.names)
  const lacks = first.text.names.filter((name) => !own.has(name))
  const more = text.names.filter((name) => !names.has(name))
  if (lacks.length === 0 && more.length === 0) return
  const differences = [
    ...(lacks.length > 0 ? [`lacks ${lacks.map((name) => JSON.stringify(name)).join(', ')}`] : []),
    ...(more.length > 0 ? [`has ${more.map((name) => JSON.stringify(name)).join(', ')} besides`] : []),
  ]
  throw new AssayError(
    'unreadable-file',
    `${JSON.stringify(file)} has other columns than ${JSON.stringify(first.file)}: it ${differences.join(' and ')}`,
    { hint: 'files of one dataset need the same columns, in any order; open the others as a dataset of their own' },
  )
}

function checkTypes({ types = {} }: OpenOptions<TextOptions>, names: readonly string[]): void {
  const unknown = Object.keys(types).find((name) => !names.includes(name))
  if (unknown === undefined) return
  throw new AssayError('missing-column', `types: there is no column ${JSON.stringify(unknown)}`, {
    hint: `the columns are ${names.join(', ')}`,
  })
}

function* presentTexts(
  texts: readonly (Pick<TextFile, 'head'> & { readonly at: number })[],
  missing: readonly string[],
  spelled: Spelling | undefined,
): Generator<string> {
  for (const { head, at } of texts) {
    for (const cells of head) {
      const cell = cells[at] as string
      if (!missing.includes(cell)) yield spelled ? spelled.text(cell) : cell
    }
  }
}
