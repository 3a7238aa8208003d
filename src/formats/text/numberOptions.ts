import { AssayError } from '../../errors.ts'
import type { DeclaredOption } from '../option.ts'

const groups = ['.', ',', ' ', "'", '_', '\u00A0', '\u202F']

/** How numbers are written in a file of text. */
export interface NumberOptions {
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

export const numberOptions: DeclaredOption<NumberOptions> = {
  decimal: {
    fits: (value) => value === '.' || value === ',',
    takes: "'.' or ','",
    help: 'what stands before the fraction of a number (default: .)',
    flag: { as: 'text', value: 'mark' },
  },
  thousands: {
    fits: (value): value is string => typeof value === 'string' && groups.includes(value),
    takes: "one of . , ' _ or a space, and not the decimal mark",
    help: 'what stands between groups of three digits of a number',
    flag: { as: 'text', value: 'mark' },
  },
}

/** Throws an AssayError where one mark would mean two things. */
export function checkNumberOptions({ decimal = '.', thousands }: NumberOptions): void {
  if (thousands !== decimal) return
  throw new AssayError('wrong-argument', `dataset(): thousands is ${JSON.stringify(thousands)}`, {
    hint: `it takes ${numberOptions.thousands.takes}`,
  })
}
