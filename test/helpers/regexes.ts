import fc from 'fast-check'

/** Characters on which engines disagree: line ends, spaces beyond ASCII, case folding oddities, emoji, syntax. */
const alphabet: readonly string[] = [
  Array.from('abkszKSZ019_- .,$^|\\/[](){}*+?"\''),
  Array.from('\n\r\t\v\f\u00a0\u2028\u2029\ufeff\u3000\u2003\u200a\u0085\u200b'),
  ['é', 'É', 'ß', 'ſ', '\u212a', 'İ', 'ı', 'Σ', 'ς', 'd', '𝟘', '٣', '😀', '👩‍🚀', '\u0301', '\u{10ffff}'],
].flat()

/** Short texts of such characters. */
export const texts: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...alphabet), { maxLength: 6 })
  .map((characters) => characters.join(''))

const escapeForClass = (text: string): string => text.replace(/[\\\]^[-]/g, '\\$&')
const escapeOutside = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
const single = fc.constantFrom(...alphabet.filter((text) => Array.from(text).length === 1))

const member = fc.oneof(
  single.map(escapeForClass),
  fc.constantFrom(
    '\\d',
    '\\w',
    '\\s',
    '\\D',
    '\\S',
    '\\W',
    'a-z',
    'A-Z',
    '0-9',
    ' -~',
    '\\0-\\x7f',
    '\\u{1f600}-\\u{1f64f}',
    '\\-',
    '\\b',
    '\\n',
    '!-\\/',
    ':-@',
  ),
)
const brackets = fc
  .tuple(fc.boolean(), fc.array(member, { maxLength: 4 }))
  .map(([negated, members]) => `[${negated ? '^' : ''}${members.join('')}]`)

const plain = fc.oneof(
  { weight: 5, arbitrary: single.map(escapeOutside) },
  fc.constantFrom(
    '.',
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\n',
    '\\r',
    '\\t',
    '\\x41',
    '\\u00e9',
    '\\u{1F600}',
    '\\ud83d\\ude00',
    '\\cJ',
  ),
  { weight: 3, arbitrary: brackets },
  // What matches nothing, anything, or only a place.
  fc.constantFrom(
    '[]',
    '[^]',
    '[^\\s\\S]',
    '[\\w\\W]',
    '(?:)',
    '()',
    '(|a)',
    '(a|)',
    '(?:^)',
    '(?:$)',
    '(^|a)',
    '($|b)',
  ),
)

/** Text, places and parts that match nothing, which engines take for something simpler than an expression. */
const almostText = fc
  .array(fc.constantFrom('a', 'b', 'k', '%', '_', '.', '.*', '^', '$', '(?:)', '[]', '[^]', '(?:a)', '\\$'), {
    maxLength: 4,
  })
  .map((parts) => parts.join(''))

/** Sources of expressions that are valid under flag `u`. */
export const patterns: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 1, arbitrary: almostText },
    {
      weight: 4,
      arbitrary: fc.letrec<{ all: string; branch: string; term: string; atom: string }>((tie) => ({
        all: fc.array(tie('branch'), { minLength: 1, maxLength: 2 }).map((branches) => branches.join('|')),
        branch: fc.array(tie('term'), { maxLength: 3 }).map((terms) => terms.join('')),
        term: fc.oneof(
          { weight: 3, arbitrary: tie('atom') },
          fc
            .tuple(
              tie('atom'),
              fc.constantFrom('*', '+', '?', '*?', '+?', '??', '{2}', '{0}', '{0,2}', '{1,}', '{0,}', '{1,2}?'),
            )
            .map(([atom, quantifier]) => `${atom}${quantifier}`),
          fc.constantFrom('^', '$', '^^', '$$', '$^', '^$', '^^^'),
        ),
        atom: fc.oneof(
          { maxDepth: 3 },
          { weight: 5, arbitrary: plain },
          fc.tuple(fc.constantFrom('(', '(?:'), tie('all')).map(([open, inner]) => `${open}${inner})`),
        ),
      })).all,
    },
  )
  .filter((source) => {
    try {
      new RegExp(source, 'u')
      return true
    } catch {
      return false
    }
  })
