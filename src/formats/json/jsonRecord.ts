import { countText } from '../../words/text/numbers.ts'
import { DEEPEST } from './jsonBytes.ts'

/** Why a text is no JSON record; undefined when it is one. Says nothing of the values in it. */
export function whyNoRecord(text: string): string | undefined {
  let value: unknown
  // A record's own brackets are one level more.
  if (isDeeper(text, DEEPEST + 1)) return `nested more than ${countText(DEEPEST, 'level')} deep`
  try {
    value = JSON.parse(text)
  } catch (error) {
    return `no valid JSON: ${inWords(error instanceof Error ? error.message : '', text)}`
  }
  if (typeof value !== 'object' || value === null)
    return `${value === null ? 'null' : `a ${typeof value}`}, not a record`
  if (Array.isArray(value)) return 'an array, not a record'
  const twice = repeatedKey(text)
  if (twice !== undefined) return `a record that holds the key ${JSON.stringify(twice)} twice`
  if (halfPair(value)) return 'a record that holds half a surrogate pair, which is no character'
  return undefined
}

function isDeeper(text: string, most: number): boolean {
  let depth = 0
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const mark = text[at]
    if (mark === '"') quoted = !quoted
    else if (quoted) {
      if (mark === '\\') at++
    } else if (mark === '{' || mark === '[') {
      if (++depth > most) return true
    } else if (mark === '}' || mark === ']') depth--
  }
  return false
}

/** What the parser says, without the text it quotes. */
function inWords(message: string, text: string): string {
  const bare = /(?:^|[:[,\s])([-+]?(?:NaN|Infinity|nan|inf(?:inity)?))\s*(?:[,\]}]|$)/i.exec(text)?.[1]
  if (bare) return `${bare} is no JSON value (write null, or leave it out)`
  if (/end of JSON|unterminated/i.test(message)) return 'it ends too early'
  const token = /^Unexpected token '?(.+?)'?, /su.exec(message)?.[1]
  const position = /at position (\d+)/.exec(message)?.[1]
  const place = position === undefined ? '' : ` at character ${Number(position) + 1}`
  if (token !== undefined) return `an unexpected ${JSON.stringify(token)}${place}`
  return `${message.replace(/ in JSON at position.*$/s, '').replace(/^\w/, (first) => first.toLowerCase())}${place}`
}

const halfPair = (value: unknown): boolean => {
  // Only reached for texts the engine refused, so the walk is rare; deep values are walked without recursion.
  const open: unknown[] = [value]
  while (open.length > 0) {
    const one = open.pop()
    if (typeof one === 'string' && /[\ud800-\udfff]/u.test(one)) return true
    if (typeof one === 'object' && one !== null) for (const [name, inner] of Object.entries(one)) open.push(name, inner)
  }
  return false
}

/** A key of the outermost object that is there twice. The text is valid JSON. */
function repeatedKey(text: string): string | undefined {
  const seen = new Set<string>()
  const mark = /"(?:[^"\\]|\\.)*"|[{}[\],:]/gs
  let depth = 0
  let key = true
  for (const [token] of text.matchAll(mark)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth !== 1) continue
    else if (token === ',') key = true
    else if (token === ':') key = false
    else if (key) {
      const name = String(JSON.parse(token))
      if (seen.has(name)) return name
      seen.add(name)
    }
  }
  return undefined
}
