import { AssayError } from '../../errors.ts'
import { utf8Bytes } from '../../bytes/bytes.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { JsonScanner, nameOfKey } from './jsonScanner.ts'
import { checkLength } from '../lines/lines.ts'

const MANY = 10_000

/** Where the records of a JSON file are: its values themselves, the elements of its array, or of one property's. */
export type JsonShape =
  | { readonly kind: 'values' }
  | { readonly kind: 'elements' }
  | { readonly kind: 'property'; readonly name: string }

interface Property {
  readonly name: string
  /** First byte of the value, and of its first element where it is an array. */
  value: string
  element?: string
}

/**
 * Looks at the first value of a JSON file. An object with exactly one property that holds an array of objects stands
 * for that array; `at` names another. Throws an AssayError for a file that holds no records.
 */
export async function jsonShape(
  { file, path }: NamedFile,
  at: string | undefined,
  signal?: AbortSignal,
): Promise<JsonShape> {
  const shown = JSON.stringify(file)
  const { root, properties, several } = await look({ file, path }, signal)
  if (root === undefined)
    throw new AssayError('empty-file', `${shown} holds no JSON value`, { hint: 'a table without rows is []' })
  if (root !== '{' && root !== '[')
    throw new AssayError('unreadable-file', `${shown} holds no records: it starts with ${JSON.stringify(root)}`, {
      hint: 'a JSON file holds an array of records, or records one after another',
    })
  if (at !== undefined) {
    const named = properties.find(({ name }) => name === at)
    if (named?.value === '[') return { kind: 'property', name: at }
    const arrays = properties.filter(({ value }) => value === '[').map(({ name }) => JSON.stringify(name))
    throw new AssayError('wrong-argument', `${shown} has no array in a property ${JSON.stringify(at)}`, {
      hint:
        arrays.length > 0
          ? `arrays are in ${arrays.join(', ')}`
          : `its first value is ${root === '[' ? 'an array' : 'an object without arrays'}`,
    })
  }
  if (root === '[') return { kind: 'elements' }
  const holding = properties.filter(({ value, element }) => value === '[' && element === '{')
  const [only] = holding
  return !several && only && holding.length === 1 ? { kind: 'property', name: only.name } : { kind: 'values' }
}

async function look(
  { file, path }: NamedFile,
  signal: AbortSignal | undefined,
): Promise<{ root: string | undefined; properties: readonly Property[]; several: boolean }> {
  const scanner = new JsonScanner(2)
  const properties: Property[] = []
  let root: string | undefined
  let several = false
  let closed = false
  let key: Buffer[] | undefined
  let from = 0
  let waiting: 'key' | 'value' | undefined
  for await (const chunk of utf8Bytes(path, signal, file)) {
    let goesOn = true
    scanner.feed(chunk, 0, chunk.length, ({ kind, at, depth }) => {
      const first = kind === 'v' ? String.fromCharCode(chunk[at] as number) : kind
      if (root === undefined) {
        root = first
        waiting = 'key'
        goesOn = root === '{'
        return goesOn
      }
      if (closed) {
        several = true
        goesOn = false
        return false
      }
      if (depth === 1 && kind === '}') closed = true
      else if (depth === 1) {
        if (kind === '"' && waiting === 'key') {
          key = []
          from = at
        } else if (kind === "'" && key) {
          key.push(Buffer.from(chunk.subarray(from, at + 1)))
          properties.push({ name: nameOfKey(key), value: '' })
          key = undefined
          // So many are no few lists among other things, but columns of a record.
          if (properties.length > MANY) several = true
          if (several) goesOn = false
          return goesOn
        } else if (kind === ':') waiting = 'value'
        else if (kind === ',') waiting = 'key'
        else if (waiting === 'value') {
          const last = properties.at(-1)
          if (last) last.value = first
          waiting = undefined
        }
      } else if (depth === 2) {
        const last = properties.at(-1)
        if (last && last.element === undefined) last.element = first
      }
      return true
    })
    if (key) {
      key.push(Buffer.from(chunk.subarray(from)))
      checkLength(
        key.reduce((sum, { length }) => sum + length, 0),
        scanner.line,
        file,
      )
      from = 0
    }
    if (!goesOn) break
  }
  return { root, properties, several }
}
