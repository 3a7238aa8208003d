// JSON Lines for the fuzz: records that a writer could make, mutations of their text, and JSON.parse line by line.
import { isUtf8 } from 'node:buffer'

export { countFaultOf as faultOf } from './judge.mjs'

export const ending = 'jsonl'
export const options = {}

const scalars = [null, 0, -1, 1.5, 2 ** 53, 1e300, true, false, '', 'x', 'é😀', '"', '\\', 'a\nb', '2024-02-29', 'null']

/** Records as JSON texts. */
export function makeRecords(random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const value = (deep) => {
    const kind = random()
    if (deep > 2 || kind < 0.75) return pick(scalars)
    const size = Math.floor(random() * 3)
    if (kind < 0.87) return Array.from({ length: size }, () => value(deep + 1))
    return Object.fromEntries(Array.from({ length: size }, (_, i) => [`k${i}`, value(deep + 1)]))
  }
  return Array.from({ length: 1 + Math.floor(random() * 20) }, () =>
    JSON.stringify(
      Object.fromEntries(['a', 'b', 'c'].filter(() => random() < 0.8).map((name) => [name, value(0)])),
      null,
      random() < 0.1 ? 1 : 0,
    ),
  )
}

export function make(random) {
  const lines = makeRecords(random).map((text) => text.replaceAll('\n', ' '))
  return Buffer.from(lines.join('\n') + (random() < 0.8 ? '\n' : ''))
}

const pieces = ['"', ',', ':', '{', '}', '[', ']', '\n', '\\', '0', ' ', 'NaN', '\0', '\xff', '\t', '\\u0041', 'e', '-']

export function mutate(random, bytes) {
  let text = bytes.toString('latin1')
  for (let times = Math.floor(random() * 3); times > 0; times--) {
    const at = Math.floor(random() * (text.length + 1))
    const kind = random()
    const piece = pieces[Math.floor(random() * pieces.length)]
    if (kind < 0.5) text = text.slice(0, at) + piece + text.slice(at)
    else if (kind < 0.8) text = text.slice(0, at) + text.slice(at + 1)
    else if (kind < 0.9) text = text.slice(0, at) + piece + text.slice(at + 1)
    else text = text.slice(0, at)
  }
  return Buffer.from(text, 'latin1')
}

export function reference(bytes) {
  if (!isUtf8(bytes)) return { problem: 'invalid UTF-8' }
  // UTF-16 is guessed by a zero byte beside the first character.
  if (bytes[0] === 0 || bytes[1] === 0) return { unsure: true }
  const records = []
  for (const line of bytes.toString().split('\n')) {
    if (/^[ \t\r]*$/.test(line)) continue
    try {
      records.push(JSON.parse(line))
    } catch (error) {
      return { problem: error.message }
    }
  }
  return expectedOf(records, bytes.toString())
}

/** What must hold of records that JSON.parse has read from a text. */
export function expectedOf(records, text, all = records) {
  if (records.some((one) => typeof one !== 'object' || one === null || Array.isArray(one)))
    return { problem: 'no record' }
  // Two keys of one name are no matter of JSON.parse; two that differ in case only are refused, and so is one without a name.
  const keys = [...text.matchAll(/"((?:[^"\\]|\\.)*)"\s*:/g)].map(([, key]) => key)
  if (keys.length !== countKeys(all) || keys.some((key) => key.includes('\\'))) return { unsure: true }
  const names = new Set(records.flatMap((record) => Object.keys(record)))
  const lower = new Set([...names].map((name) => name.toLowerCase()))
  if (lower.size < names.size || [...names].some((name) => name.trim() === '')) return { unsure: true }
  // Blanks alone are no records, and no fault either.
  return records.length === 0 ? { unsure: true } : { rows: records.length }
}

function countKeys(value) {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : Object.keys(value).length
  return Object.values(value).reduce((sum, one) => sum + countKeys(one), own)
}
