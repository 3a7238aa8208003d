import { AssayError } from '../../errors.ts'

/** How delimited text is written, where it is not said by the file itself. */
export interface TextOptions {
  /**
   * What stands between cells, one ASCII character. Default: read off the first line; a tab for `.tsv`.
   * @example { delimiter: ';' }
   */
  readonly delimiter?: string
  /**
   * What encloses a cell that holds delimiters or line ends; `''` for nothing. Default: `"`.
   * @example { quote: "'" }
   */
  readonly quote?: string
  /**
   * What stands before a quote that belongs to the cell. Default: the quote itself.
   * @example { escape: '\\' }
   */
  readonly escape?: string
  /**
   * Lines that start with it are no records. Default: none.
   * @example { comment: '#' }
   */
  readonly comment?: string
  /**
   * Whether the first record names the columns. Without one they are `column1`, `column2`, … Default: true.
   * @example { header: false }
   */
  readonly header?: boolean
  /**
   * Lines before the header that are not read. Default: 0.
   * @example { skip: 2 }
   */
  readonly skip?: number
  /**
   * The encoding, e.g. `windows-1252`. Default: what the byte order mark says, else UTF-8.
   * @example { encoding: 'windows-1252' }
   */
  readonly encoding?: string
  /**
   * What stands before the fraction of a number. Default: `.`.
   * @example { decimal: ',' }
   */
  readonly decimal?: '.' | ','
  /**
   * What stands between groups of three digits of a number. Default: nothing.
   * @example { thousands: '.' }
   */
  readonly thousands?: string
}

/** The names of the options. */
export const textOptionNames = [
  'delimiter',
  'quote',
  'escape',
  'comment',
  'header',
  'skip',
  'encoding',
  'decimal',
  'thousands',
] as const satisfies readonly (keyof TextOptions)[]

const wrong = (name: keyof TextOptions, value: unknown, wanted: string): AssayError =>
  new AssayError('wrong-argument', `dataset(): ${name} is ${JSON.stringify(value)}`, { hint: `it takes ${wanted}` })

/** Throws an AssayError for a value that no file could be read with. */
export function checkTextOptions(options: TextOptions): void {
  const { delimiter, quote, escape, comment, header, skip, encoding, decimal, thousands } = options
  const character = (name: 'delimiter' | 'quote' | 'escape' | 'comment', value: string | undefined, none: boolean) => {
    if (value === undefined || (none && value === '')) return
    if (typeof value !== 'string' || !/^[\t -~]$/.test(value) || /[A-Za-z0-9]/.test(value))
      throw wrong(name, value, `one ASCII character that is no letter or digit${none ? ", or '' for none" : ''}`)
  }
  character('delimiter', delimiter, false)
  character('quote', quote, true)
  character('escape', escape, false)
  character('comment', comment, true)
  const roles = [delimiter ?? ',', quote ?? '"', comment ?? ''].filter((value) => value !== '')
  if (new Set(roles).size < roles.length || (escape !== undefined && escape === delimiter))
    throw new AssayError('wrong-argument', 'dataset(): delimiter, quote, escape and comment must differ')
  if (header !== undefined && typeof header !== 'boolean') throw wrong('header', header, 'true or false')
  if (skip !== undefined && !(Number.isSafeInteger(skip) && skip >= 0)) throw wrong('skip', skip, 'a number of lines')
  if (encoding !== undefined && typeof encoding !== 'string')
    throw wrong('encoding', encoding, 'the name of an encoding')
  if (decimal !== undefined && decimal !== '.' && decimal !== ',') throw wrong('decimal', decimal, "'.' or ','")
  if (
    thousands !== undefined &&
    (!['.', ',', ' ', "'", '_', '\u00A0', '\u202F'].includes(thousands) || thousands === (decimal ?? '.'))
  )
    throw wrong('thousands', thousands, "one of . , ' _ or a space, and not the decimal mark")
}
