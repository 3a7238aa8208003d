import { shown, wrongSchema } from '../../schema/json.ts'

const nameStart =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}'
/** Escapes whose meaning differs from JavaScript's, as what stands in a class. */
const classes: Readonly<Record<string, string>> = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{M}\\p{N}\\p{S}',
  W: '\\p{P}\\p{Z}\\p{C}',
  s: ' \\t\\n\\r',
  i: nameStart,
  c: `${nameStart}\\-.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}-\\u{2040}`,
}
const complements: Readonly<Record<string, string>> = { D: 'd', S: 's', I: 'i', C: 'c' }

/**
 * A regular expression of XML Schema as one of JavaScript (flag `u`): it matches the whole text, `\d`, `\w`, `\s` and
 * `.` have XML Schema's meaning, and classes may be subtracted. A leading `^` and a trailing `$` are taken for the
 * anchors that their writer meant. Throws AssayError `wrong-schema` for what has no such translation.
 */
export function xsdPattern(pattern: string, at: string): string {
  const refuse = (what: string): never => {
    throw wrongSchema(
      at,
      `the pattern ${shown(pattern)} has ${what}`,
      'patterns are regular expressions of XML Schema, and match the whole text',
    )
  }
  const source = pattern.replace(/^\^/, '').replace(/(?<!\\)((?:\\\\)*)\$$/, '$1')
  let position = 0
  let out = ''
  while (position < source.length) {
    const next = source[position] as string
    if (next === '\\') out += escape(false)
    else if (next === '[') out += characterClass()
    else {
      position++
      if (next === '^' || next === '$') refuse(`${next} inside, which XML Schema reads as a character`)
      out += next === '.' ? '[^\\n\\r]' : next === '/' ? '\\/' : next
    }
  }
  const whole = `^(?:${out})$`
  try {
    new RegExp(whole, 'u')
  } catch {
    refuse('a fault')
  }
  return whole

  function escape(inClass: boolean): string {
    const name = source[position + 1] ?? ''
    position += 2
    if (name === 'p' || name === 'P') {
      const [property] = /^\{[^}]*\}/.exec(source.slice(position)) ?? ['']
      position += property.length
      if (!/^\{(L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)\}$/.test(property))
        refuse(`\\${name}${property}, which is not read`)
      return `\\${name}${property}`
    }
    if (classes[name] !== undefined) return inClass ? classes[name] : `[${classes[name]}]`
    const complement = complements[name]
    if (complement !== undefined) {
      if (inClass) refuse(`\\${name} in a class`)
      return `[^${classes[complement]}]`
    }
    if (!/^[nrt\\|.?*+(){}\-[\]^$/]$/.test(name)) refuse(`\\${name}, which is not read`)
    return name === '-' && !inClass ? '-' : `\\${name}`
  }

  function characterClass(): string {
    position++
    let inner = ''
    const negated = source[position] === '^'
    if (negated) position++
    for (;;) {
      const next = source[position]
      if (next === undefined) refuse('a class that does not end')
      if (next === ']') {
        position++
        return `[${negated ? '^' : ''}${inner}]`
      }
      if (next === '-' && source[position + 1] === '[') {
        position++
        const without = characterClass()
        if (source[position] !== ']') refuse('a class that goes on after a subtraction')
        position++
        return `(?:(?!${without})[${negated ? '^' : ''}${inner}])`
      }
      if (next === '\\') inner += escape(true)
      else {
        position++
        if (next === '[') refuse('an unescaped [ in a class')
        const edge = next === '-' && (inner === '' || source[position] === ']')
        inner += edge ? '\\-' : /[/^|&~()]/.test(next as string) ? escaped(next as string) : next
      }
    }
  }
}

const escaped = (character: string): string => (/[/^|()]/.test(character) ? `\\${character}` : character)
