import { isCalendarDay } from '../words/text/calendar.ts'

/**
 * How all cells of a column may be written so that a text reads as its value and, but for numbers, the value is written as
 * that text again:
 *
 * - integer: digits without a leading zero, no more than 18, a minus before them; not `-0`
 * - number: the same of up to 31 characters, `-0` too, with a point between its digits or without one, and with an exponent
 *   of up to two digits after an `e` or without one
 * - date: `YYYY-MM-DD` that is in the calendar; no year 0000
 * - timestamp: such a date, a space, and `hh:mm:ss` under 24:00:00
 * - boolean: `true` or `false`
 */
export type CellForm = 'integer' | 'number' | 'date' | 'timestamp' | 'boolean'

/** How the cells of a column are written. */
export interface WrittenCells {
  readonly form: CellForm
  /** Some cell is empty. */
  readonly empty: boolean
}

/** The forms, a narrower one before one that holds all of its texts. */
export const forms: readonly CellForm[] = ['integer', 'number', 'date', 'timestamp', 'boolean']
/** A form as a number. */
export const kindOf = (form: CellForm): number => forms.indexOf(form) + 1

const patterns: Readonly<Record<CellForm, RegExp>> = {
  integer: /^(?:0|-?[1-9]\d{0,17})$/,
  number: /^(?=.{1,31}$)-?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[+-]?\d{1,2})?$/,
  date: /^(?!0000)\d{4}-\d\d-\d\d$/,
  timestamp: /^(?!0000)\d{4}-\d\d-\d\d (?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d$/,
  boolean: /^(?:true|false)$/,
}

/** Whether a text is written in a form. */
export function isWrittenIn(form: CellForm, text: string): boolean {
  if (!patterns[form].test(text)) return false
  return (form !== 'date' && form !== 'timestamp') || isCalendarDay(text.slice(0, 10))
}

/** What a column's kind says besides. */
export const EMPTY = 8
export const KIND = 7

/** What divides cells: as byte, -1 for no quotes. */
export interface CellMarks {
  readonly delimiter: number
  readonly quote: number
  /** The first byte of line ends. */
  readonly lineEnd: number
}

/** How cells of the records are written that were looked at so far. */
export interface CellForms {
  /** Which form the columns, fewer than `MANY_COLUMNS`, have until a cell has none of it. */
  begin(columns: readonly (WrittenCells | undefined)[]): void
  /** Looks at whole records from a place of the text up to another. */
  judge(marks: CellMarks, from: number, to: number): void
  columns(): readonly (WrittenCells | undefined)[]
}

/** The forms in a memory with a text, at the end of which they are kept. */
export function cellForms(
  memory: Uint8Array,
  judge: (...values: readonly number[]) => number,
  text: number,
  kept: number,
): CellForms {
  let count = 0
  return {
    begin(columns) {
      count = columns.length
      columns.forEach((one, i) => {
        memory[kept + i] = one ? kindOf(one.form) | (one.empty ? EMPTY : 0) : 0
      })
    },
    judge({ delimiter, quote, lineEnd }, from, to) {
      const last = text + to - 1
      // Of a last line without a line end.
      if (memory[last - 1] !== lineEnd) memory[last] = lineEnd
      judge(text + from, text + to, delimiter, quote < 0 ? NO_BYTE : quote, lineEnd, kept)
    },
    columns: () =>
      [...memory.subarray(kept, kept + count)].map((state) => {
        const form = forms[(state & KIND) - 1]
        return form && { form, empty: (state & EMPTY) !== 0 }
      }),
  }
}

const NO_BYTE = 256
