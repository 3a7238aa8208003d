// JSON files for the fuzz: arrays of records, objects that hold one, records one after another; JSON.parse of the whole.
import { isUtf8 } from 'node:buffer'
import { expectedOf, makeRecords } from './jsonl.mjs'

export { countFaultOf as faultOf } from './judge.mjs'
export { mutate } from './jsonl.mjs'

export const ending = 'json'
export const options = {}

export function make(random) {
  const records = makeRecords(random)
  const between = random() < 0.5 ? '' : '\n '
  const form = random()
  if (form < 0.2) return Buffer.from(records.join(between))
  const array = `[${between}${records.join(`,${between}`)}${between}]`
  return Buffer.from(form < 0.4 ? `{"n": 1,${between}"rows": ${array}, "tags": ["x"]}\n` : array)
}

export function reference(bytes) {
  if (bytes[0] === 0 || bytes[1] === 0) return { unsure: true }
  const text = bytes.toString()
  // Arrays may follow one another.
  const loose = /\]\s*\[/.test(text)
  if (!isUtf8(bytes)) return loose ? { unsure: true } : { problem: 'invalid UTF-8' }
  let values
  try {
    values = valuesOf(text).map((one) => JSON.parse(one))
  } catch (error) {
    return loose ? { unsure: true } : { problem: error.message }
  }
  const [first] = values
  if (values.length === 1 && Array.isArray(first)) return expectedOf(first, text)
  if (values.length !== 1 || typeof first !== 'object' || first === null) return expectedOf(values, text)
  const arrays = Object.values(first).filter(
    (one) => Array.isArray(one) && typeof one[0] === 'object' && one[0] !== null && !Array.isArray(one[0]),
  )
  return arrays.length === 1 ? expectedOf(arrays[0], text, first) : expectedOf(values, text)
}

/** Texts of values that follow one another: each that begins with a brace ends where its braces do. */
function valuesOf(text) {
  const values = []
  let depth = 0
  let from = 0
  for (const { 0: mark, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]/gs)) {
    if (mark === '{') depth++
    else if (mark === '}' && --depth === 0 && /^\s*\{/.test(text.slice(from))) {
      values.push(text.slice(from, index + 1))
      from = index + 1
    }
  }
  const rest = text.slice(from)
  return /^[ \t\r\n]*$/.test(rest) ? values : [...values, rest]
}
