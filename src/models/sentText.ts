import { exactJsonText } from '../bytes/exactJson.ts'
import { CallError } from './attempts.ts'

/** The JSON that is sent of a value; undefined for what has none. Throws a CallError that says where a number is not finite: JSON has only null for it. */
export function sentText(value: unknown): string | undefined {
  const text = exactJsonText(value)
  const strange = text?.includes('null') ? strangeIn(value) : undefined
  if (strange === undefined) return text
  throw new CallError(`was not asked: its request holds ${strange}`, { final: true })
}

function strangeIn(value: unknown): string | undefined {
  const places = new Map<unknown, string>()
  let strange: string | undefined
  JSON.stringify(value, function (this: unknown, key: string, inner: unknown) {
    const before = places.get(this)
    const step = Array.isArray(this) ? `[${key}]` : before ? `.${key}` : key
    const place = before === undefined ? '' : `${before}${step}`
    if (typeof inner === 'object' && inner !== null) places.set(inner, place)
    if (typeof inner === 'number' && !Number.isFinite(inner))
      strange ??= `${inner}${place === '' ? '' : ` at ${place}`}`
    return typeof inner === 'bigint' ? 0 : inner
  })
  return strange
}
