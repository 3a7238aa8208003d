import { countText } from '../../words/text/numbers.ts'
import { DEEPEST, JsonBytes, nameOf } from './jsonBytes.ts'
import { JsonKeys } from './jsonKeys.ts'

const json = new JsonBytes(' \t\r\n')

/** Why a text is no JSON record; undefined when it is one. Says nothing of the values in it. */
export function whyNoRecord(text: string): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return `no valid JSON: ${inWords(error instanceof Error ? error.message : '', text)}`
  }
  if (typeof value !== 'object' || value === null)
    return `${value === null ? 'null' : `a ${typeof value}`}, not a record`
  if (Array.isArray(value)) return 'an array, not a record'
  const bytes = Buffer.from(`${text}\0`)
  json.bytes = bytes
  const end = new JsonKeys(json).read(json.space(0))
  return end < 0 && json.why ? reasons[json.why](bytes) : undefined
}

const reasons = {
  deep: () => `nested more than ${countText(DEEPEST, 'level')} deep`,
  half: () => 'a record that holds half a surrogate pair, which is no character',
  twice: (bytes: Buffer) => {
    const { stop } = json
    return `a record that holds the key ${JSON.stringify(nameOf(bytes.subarray(stop + 1, json.string(stop) - 1)))} twice`
  },
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
