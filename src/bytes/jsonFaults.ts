const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[{}[\],]/gs

/** An object or a list that is open while a text is walked. */
interface Level {
  /** The keys there were; undefined in a list. */
  readonly keys: Set<string> | undefined
  /** The key or the place of what comes next. */
  at: string | number
  /** In an object: whether what comes next is a key. */
  atKey: boolean
}

/** What is lost of a document when it is read. */
export interface LostPart {
  readonly kind: 'key' | 'number'
  /** What follows the name of the document: `holds the key "id" twice in #`. */
  readonly words: string
}

/**
 * What a document in JSON, which somebody wrote, says that is lost when it is read: a key that stands twice in an object,
 * and where `rounded` a number that JavaScript's numbers round or do not hold. Undefined where there is no such thing. The
 * text is JSON.
 */
export function whatJsonLoses(text: string, { rounded }: { readonly rounded: boolean }): LostPart | undefined {
  const levels: Level[] = []
  for (const { 0: token, index } of text.matchAll(TOKENS)) {
    const level = levels.at(-1)
    const place = (within: readonly Level[]): string => {
      const steps = within.map(({ at }) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`)
      const line = text.includes('\n') ? `, line ${text.slice(0, index).split('\n').length}` : ''
      return `in #${steps.join('')}${line}`
    }
    if (token === '{' || token === '[')
      levels.push({ keys: token === '{' ? new Set() : undefined, at: 0, atKey: token === '{' })
    else if (token === '}' || token === ']') levels.pop()
    else if (token === ',' && level) {
      level.atKey = level.keys !== undefined
      if (typeof level.at === 'number') level.at++
    } else if (level?.atKey && level.keys) {
      const key = JSON.parse(token) as string
      if (level.keys.has(key))
        return { kind: 'key', words: `holds the key ${JSON.stringify(key)} twice ${place(levels.slice(0, -1))}` }
      level.keys.add(key)
      level.at = key
      level.atKey = false
    } else if (rounded && !token.startsWith('"')) {
      // No value of a column of such integers lies above, so the limit that is read says the same.
      const lost = level?.at === 'maximum' && LARGEST.includes(token) ? undefined : whatNumberLoses(token)
      if (lost) return { kind: 'number', words: `${lost}, ${place(levels)}` }
    }
  }
  return undefined
}

/**
 * What JSON loses that holds a key twice in an object, in words that follow its name; undefined where it does not. The text is
 * JSON.
 */
export const keyTwiceIn = (text: string): string | undefined =>
  text.includes('{') ? whatJsonLoses(text, { rounded: false })?.words : undefined

/** The largest integers of 64 bits. */
const LARGEST = ['9223372036854775807', '18446744073709551615']

/** In what way a number that is spelled so is another one once it is read; undefined where it is the same. */
export function whatNumberLoses(spelled: string): string | undefined {
  const value = Number(spelled)
  if (!Number.isFinite(value)) return `holds ${spelled}, which is beyond all numbers of JavaScript`
  const whole = wholeOf(spelled)
  if (whole === undefined || whole === BigInt(Math.abs(value))) return undefined
  // What JavaScript writes for a number is that number, however it is spelled.
  if (wholeOf(String(value)) === whole) return undefined
  return `holds ${spelled}, which is read as ${BigInt(value)}`
}

/** The whole number that is spelled so, without its sign; undefined for a fraction. */
function wholeOf(spelled: string): bigint | undefined {
  const [, digits, fraction = '', exponent = '0'] =
    /^[+-]?(\d+|0x[\da-f]+|0o[0-7]+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(spelled) ?? []
  if (digits === undefined) return undefined
  if (/^0[xo]/i.test(digits)) return BigInt(digits)
  const kept = fraction.replace(/0+$/, '')
  const zeros = Number(exponent) - kept.length
  // Of a number of JavaScript: no more than 308.
  return zeros < 0 ? undefined : BigInt(`${digits}${kept}${'0'.repeat(Math.min(zeros, 400))}`)
}
