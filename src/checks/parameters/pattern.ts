import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { matchesAll } from '../../sql/portableRegex.ts'
import { unicodeRegex } from '../../sql/unicodeRegex.ts'
import type { Json, Parameter } from './parameter.ts'

/** An expression as it is asked, and as it was written. */
export interface Pattern {
  readonly regex: RegExp
  readonly shown: string
  /** The flags that were written: `u` is read, too. */
  readonly flags: string
}

/** A regular expression with JavaScript's syntax and meaning, under flag `u`. */
export const pattern: Parameter<'pattern', Pattern, [pattern: RegExp | string]> = {
  name: 'pattern',
  role: 'asked',
  doc: 'a regular expression, or its source; read with flag `u`',
  type: 'RegExp | string',
  example: '/^[A-Z]{3}$/u',
  parse(value, { asker }) {
    const regex = unicodeRegex(value, asker)
    if (matchesAll(regex.source, regex.flags)) {
      throw new AssayError('wrong-argument', `${asker} got ${String(regex)}, which matches every text`, {
        hint: 'say what the whole text is, between ^ and $: /^[A-Z]{3}$/u',
      })
    }
    const written = value instanceof RegExp ? value : regex
    return { regex, shown: String(written), flags: written.flags }
  },
  // Under flag `u` its source is all of it; other flags stand beside it.
  toJSON: ({ regex: { source }, flags }) => (flags === 'u' ? source : { source, flags }),
  fromJSON(json, { asker }) {
    if (!isPlainObject(json)) return json
    const { source, flags = 'u' } = json as { readonly source?: Json; readonly flags?: Json }
    try {
      if (typeof source === 'string' && typeof flags === 'string') return new RegExp(source, flags)
      throw new TypeError('they are text')
    } catch {
      throw new AssayError('wrong-argument', `${asker} got the pattern ${JSON.stringify(json)}, which is not valid`, {
        hint: 'write { "source": "^[a-z]+$", "flags": "iu" }, or the source alone',
      })
    }
  },
  identity: ({ regex }) => [regex.source, regex.flags],
}
