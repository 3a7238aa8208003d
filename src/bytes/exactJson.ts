const QUOTE = 0x22
const BACKSLASH = 0x5c
const numeric = /-?\d[\d.eE+-]*/y

type Names = Record<string, unknown>

/**
 * JSON text as a value, as `JSON.parse` reads it, except that whole numbers that a number would round are bigints. Throws
 * what `JSON.parse` throws.
 */
export function exactJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!/\d{16}/.test(text)) return value
  const quoted = withQuotes(text)
  if (quoted === text) return value
  const holder: Names = { value }
  // What is a number in one and a text in the other was quoted.
  const open: (readonly [Names, Names])[] = [[holder, { value: JSON.parse(quoted) as unknown }]]
  for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
    const [at, other] = pair
    for (const name of Object.keys(at)) {
      const [inner, digits] = [at[name], other[name]]
      if (typeof inner === 'number' && typeof digits === 'string') at[name] = BigInt(digits)
      else if (typeof inner === 'object' && inner !== null) open.push([inner as Names, digits as Names])
    }
  }
  return holder.value
}

/**
 * A value as `JSON.stringify` writes it, except that whole numbers keep all their digits: bigints, and numbers that it would
 * write with zeros for digits. Undefined for what is no JSON. Throws what `JSON.stringify` throws, but not for bigints.
 */
export function exactJsonText(value: unknown): string | undefined {
  let isMarked = false
  const written = (mark: string): string | undefined =>
    JSON.stringify(value, function (this: Names, name, inner: unknown) {
      // A program may have given bigints a toJSON, which has been asked by now.
      const own = this[name]
      const digits = wholeDigits(typeof own === 'bigint' ? own : inner)
      if (digits === undefined) return inner
      isMarked = true
      return `${mark}${digits}`
    }) as string | undefined
  const text = written('')
  if (text === undefined || !isMarked) return text
  let i = 0
  while (text.includes(`integer${i}:`)) i++
  return written(`integer${i}:`)?.replace(new RegExp(`"integer${i}:(-?\\d+)"`, 'g'), '$1')
}

/** All digits of a bigint, or of a whole number whose own text may not tell them; undefined for all else. */
export function wholeDigits(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value)
  if (typeof value !== 'number' || !Number.isInteger(value) || Number.isSafeInteger(value)) return undefined
  return Math.abs(value) < 1e21 ? String(BigInt(value)) : undefined
}

/** The value, whose bigints became numbers wherever a number is the same: changed in place, whatever it shares or holds. */
export function withNumbers(value: unknown): unknown {
  const holder: Names = { value }
  const open: Names[] = [holder]
  const seen = new Set<unknown>()
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const name of Object.keys(at)) {
      const inner = at[name]
      if (typeof inner === 'bigint') {
        if (!isRounded(inner)) at[name] = Number(inner)
      } else if (typeof inner === 'object' && inner !== null && !seen.has(inner)) {
        seen.add(inner)
        open.push(inner as Names)
      }
    }
  return holder.value
}

/** Valid JSON in which each whole number that a number would round stands in quotes. */
function withQuotes(text: string): string {
  let out = ''
  let from = 0
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (code === QUOTE) {
      at = endOfText(text, at)
      continue
    }
    numeric.lastIndex = at
    const token = code === 0x2d || (code >= 0x30 && code <= 0x39) ? numeric.exec(text)?.[0] : undefined
    const end = at + (token?.length ?? 1)
    if (token !== undefined && /^-?\d{16,}$/.test(token) && isRounded(BigInt(token))) {
      out += `${text.slice(from, at)}"${token}"`
      from = end
    }
    at = end
  }
  return `${out}${text.slice(from)}`
}

/** Whether the number beside a whole number is another one, or infinite. */
function isRounded(whole: bigint): boolean {
  const number = Number(whole)
  return !Number.isFinite(number) || BigInt(number) !== whole
}

function endOfText(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); ; end = text.indexOf('"', end + 1)) {
    let before = end - 1
    while (text.charCodeAt(before) === BACKSLASH) before--
    if ((end - before) % 2 === 1) return end + 1
  }
}
