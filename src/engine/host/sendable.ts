import type { ExactType } from '../exactType.ts'
import { valueAsText } from '../valueAsText.ts'

/** The type of a column whose values were made `sendable`. */
export const sentType = (type: ExactType): ExactType => (type.kind === 'json' ? { kind: 'text' } : type)

/** Some values of a column as plain data, which any process reads alike: objects may have ways of their own to be read. */
export function sendable(type: ExactType, values: ArrayLike<unknown>, start: number, end: number): ArrayLike<unknown> {
  if (ArrayBuffer.isView(values) && 'subarray' in values) return (values as Float64Array).subarray(start, end)
  const plain = plainly(type)
  return Array.from({ length: end - start }, (_, i) => plain(values[start + i]))
}

/** Turns values of a type, of which some are missing, into plain data. */
function plainly(type: ExactType): (value: unknown) => unknown {
  const present = ofPresent(type)
  return (value) => (value === null || value === undefined ? null : present(value))
}

function ofPresent(type: ExactType): (value: unknown) => unknown {
  switch (type.kind) {
    case 'json':
      return valueAsText
    case 'text':
      return (value) => (typeof value === 'string' ? value : valueAsText(value))
    case 'list': {
      const item = plainly(type.item)
      return (value) => Array.from(value as ArrayLike<unknown>, item)
    }
    case 'map': {
      const [key, inner] = [plainly(type.key), plainly(type.value)]
      return (value) => Array.from(value as Iterable<[unknown, unknown]>, ([name, one]) => [key(name), inner(one)])
    }
    case 'struct': {
      const fields = type.fields.map((field) => [field.name, plainly(field.type)] as const)
      return (value) => {
        const members = value as Record<string, unknown>
        return Object.fromEntries(
          fields.map(([name, plain]) => [name, plain(Object.hasOwn(members, name) ? members[name] : null)]),
        )
      }
    }
    default:
      return (value) => value
  }
}
