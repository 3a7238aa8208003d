import { AssayError } from '../../errors.ts'
import { type DeclaredOption, type SourceOption, text, whole, yesNo } from '../option.ts'
import { checkNumberOptions, type NumberOptions, numberOptions } from './numberOptions.ts'

/** One ASCII character that is no letter or digit; with `none`, `''` too. */
function character(help: string, none = false): SourceOption<string> {
  return {
    fits: (value): value is string =>
      (none && value === '') || (typeof value === 'string' && /^[\t -~]$/.test(value) && !/[A-Za-z0-9]/.test(value)),
    takes: `one ASCII character that is no letter or digit${none ? ", or '' for none" : ''}`,
    help,
    flag: { as: 'text', value: 'character' },
  }
}

/** How delimited text is written, where it is not said by the file itself. */
export interface TextOptions extends NumberOptions {
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
}

export const textOptions: DeclaredOption<TextOptions> = {
  delimiter: character('what stands between cells (default: read off the first line)'),
  quote: character('what encloses a cell that holds delimiters or line ends; empty for nothing (default: ")', true),
  escape: character('what stands before a quote that belongs to the cell (default: the quote itself)'),
  comment: character('lines that start with it are no records', true),
  header: yesNo(true, 'the first record is no header: columns are called column1, column2, …'),
  skip: whole(0, { value: 'lines', takes: 'a number of lines', help: 'lines before the header that are not read' }),
  encoding: text({
    value: 'name',
    takes: 'the name of an encoding',
    help: 'the encoding, e.g. windows-1252 (default: by the byte order mark, else UTF-8)',
  }),
  ...numberOptions,
}

/** The names of the options. */
export const textOptionNames = Object.keys(textOptions) as readonly (keyof TextOptions)[]

/** Throws an AssayError for options that no file could be read with together. */
export function checkTextOptions(options: TextOptions): void {
  const { delimiter, quote, escape, comment } = options
  checkNumberOptions(options)
  const roles = [delimiter ?? ',', quote ?? '"', comment ?? ''].filter((value) => value !== '')
  if (new Set(roles).size < roles.length || (escape !== undefined && escape === delimiter))
    throw new AssayError('wrong-argument', 'dataset(): delimiter, quote, escape and comment must differ')
}
