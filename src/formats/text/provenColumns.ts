import { type CellMarks, type CellForms, forms, isWrittenIn, type WrittenCells } from '../../bytes/cellForms.ts'
import type { TextType } from '../../cells/lexical.ts'
import type { Column } from '../../engine/engine.ts'
import { MANY_COLUMNS } from '../../engine/narrowing.ts'
import type { LogicalType } from '../../sql/dialect.ts'
import type { ScannedPiece } from './passingOver.ts'
import type { TextDialect } from './textDialect.ts'

/** What is known of a text where its rows begin. */
interface FirstRows {
  /** Where the first of them starts. */
  readonly first: number
  readonly head: readonly (readonly string[])[]
  readonly lineEnd: string
}

/** Bytes of a text from which on a proof saves more than it costs: a piece has some more. */
const LEAST = 900_000

/** Columns of a text whose every cell is written in one form, as far as that was seen of all of its rows. */
export class ProvenColumns {
  private readonly marks: Omit<CellMarks, 'lineEnd'>
  /** Where the first row starts that is not judged yet; undefined before there is any. */
  private next: number | undefined
  private isOver = false
  private forms: CellForms | undefined

  constructor({ delimiter, quote, escape, comment }: TextDialect) {
    if (escape !== quote || comment !== '') this.isOver = true
    this.marks = { delimiter: delimiter.charCodeAt(0), quote: quote === '' ? -1 : quote.charCodeAt(0) }
  }

  /**
   * Looks at the rows of the next piece. Where its lines cannot be taken over nothing is proven, and of a small
   * text nothing need be.
   */
  add({ base, next, lines }: ScannedPiece, { first, head, lineEnd }: FirstRows): void {
    this.next ??= first
    if (this.isOver || this.next >= base + next) return
    const columns = this.forms || base + next < LEAST ? [] : formsOf(head)
    const forms = this.forms || columns.some((column) => column !== undefined) ? lines()?.forms : undefined
    if (!forms || (this.forms && this.forms !== forms)) return this.none()
    if (!this.forms) forms.begin(columns)
    this.forms = forms
    forms.judge({ ...this.marks, lineEnd: lineEnd.charCodeAt(0) }, this.next - base, next)
    this.next = base + next
    if (forms.columns().every((column) => column === undefined)) this.none()
  }

  /** Nothing is proven of the text. */
  none(): void {
    this.isOver = true
  }

  columns(): readonly (WrittenCells | undefined)[] {
    return this.isOver ? [] : (this.forms?.columns() ?? [])
  }
}

/** Texts that tell the form of a column. */
const TELLING = 100

/** The first form that the first texts of each column have; of many columns none. */
function formsOf(rows: readonly (readonly string[])[]): readonly (WrittenCells | undefined)[] {
  const count = rows[0]?.length ?? 0
  return Array.from({ length: count >= MANY_COLUMNS ? 0 : count }, (_, i) => {
    const texts = first(TELLING, rows, i)
    const form = texts.length > 0 ? forms.find((one) => texts.every((text) => isWrittenIn(one, text))) : undefined
    return form && { form, empty: false }
  })
}

/** The first texts of a column. */
function first(most: number, rows: readonly (readonly string[])[], column: number): readonly string[] {
  const texts: string[] = []
  for (const cells of rows) {
    const text = cells[column] ?? ''
    if (text !== '' && texts.push(text) === most) break
  }
  return texts
}

/** The engine's types of values that are written as their texts, and only so. */
export const nativeTypes: Partial<Record<LogicalType, string>> = {
  integer: 'BIGINT',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  boolean: 'BOOLEAN',
}

/**
 * Whether a column is proven to be written as it is read, by the forms that it has in each of its texts: then its values can
 * be read, or where a number may be written in several ways its texts without proof. A marker of missing values that is of
 * such a form could be one of either.
 */
export function provenAs(
  { type, native }: TextType,
  texts: readonly (WrittenCells | undefined)[],
  missing: readonly string[],
): Column['proven'] {
  const isProven = texts.every((cells) => {
    if (!cells || (cells.empty && !missing.includes(''))) return false
    return (
      (cells.form === type || (type === 'number' && cells.form === 'integer')) &&
      !missing.some((one) => isWrittenIn(cells.form, one))
    )
  })
  if (!isProven || native !== undefined) return undefined
  return nativeTypes[type] === undefined ? 'text' : 'value'
}
