import { AssayError, firstLine } from '../errors.ts'

/** The expression under flag `u`, without the flags that make a RegExp remember where it stopped. */
export function unicodeRegex(pattern: unknown, asker: string): RegExp {
  if (typeof pattern !== 'string' && !(pattern instanceof RegExp)) {
    throw new AssayError('wrong-argument', `${asker} got ${pattern === null ? 'null' : typeof pattern} as pattern`, {
      hint: 'give a RegExp or its source as text, e.g. /^[A-Z]{3}$/u',
    })
  }
  const [source, flags] = typeof pattern === 'string' ? [pattern, ''] : [pattern.source, pattern.flags]
  if (flags.includes('y')) {
    throw new AssayError('wrong-argument', `${asker} got ${String(pattern)}: flag y has no meaning here`, {
      hint: 'start the pattern with ^ instead',
    })
  }
  const kept = flags.replace(/[dg]/g, '')
  try {
    return new RegExp(source, /[uv]/.test(kept) ? kept : `${kept}u`)
  } catch (cause) {
    throw new AssayError(
      'wrong-argument',
      `${asker} got /${source}/${flags}, which is not valid: ${firstLine(cause)}`,
      {
        cause,
        hint: 'patterns are read with flag u, in which only syntax characters may stand behind a backslash',
      },
    )
  }
}
