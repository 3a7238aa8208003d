import { AssayError } from '../../errors.ts'
import { JsonBytes, OPEN, OPEN_LIST } from './jsonBytes.ts'
import { JsonWalk } from './jsonWalk.ts'

const MANY = 10_000

/** Where the records of a JSON file are: its values themselves, the elements of its array, or of one property's. */
export type JsonShape =
  | { readonly kind: 'values' }
  | { readonly kind: 'elements' }
  | { readonly kind: 'property'; readonly name: string }

interface Property {
  readonly name: string
  readonly isArray: boolean
  /** Whether it is an array that begins with an object. */
  readonly ofRecords: boolean
}

/**
 * Looks at the first value of a JSON file. An object with exactly one property that holds an array of objects stands
 * for that array; `at` names another. Throws an AssayError for a file that holds no records.
 */
export async function jsonShape(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  at: string | undefined,
): Promise<JsonShape> {
  const shown = JSON.stringify(file)
  const walk = new JsonWalk(file, chunks, new JsonBytes(' \t\r\n'))
  try {
    const root = await walk.next()
    if (root < 0)
      throw new AssayError('empty-file', `${shown} holds no JSON value`, { hint: 'a table without rows is []' })
    if (root !== OPEN && root !== OPEN_LIST) {
      const first = JSON.stringify(String.fromCharCode(root))
      throw new AssayError('unreadable-file', `${shown} holds no records: it starts with ${first}`, {
        hint: 'a JSON file holds an array of records, or records one after another',
      })
    }
    if (root === OPEN_LIST && at === undefined) return { kind: 'elements' }
    const properties = root === OPEN ? await propertiesOf(walk) : []
    if (at !== undefined && !properties.some(({ name, isArray }) => name === at && isArray))
      throw noArray(shown, at, root === OPEN_LIST ? 'an array' : 'an object without arrays', properties)
    if (at !== undefined) return { kind: 'property', name: at }
    const [first, second] = properties.filter(({ ofRecords }) => ofRecords)
    const alone = first !== undefined && second === undefined && properties.length <= MANY && (await walk.next()) < 0
    return alone ? { kind: 'property', name: first.name } : { kind: 'values' }
  } finally {
    await walk.close()
  }
}

/** So many are no few lists among other things, but columns of a record. */
async function propertiesOf(walk: JsonWalk): Promise<readonly Property[]> {
  const properties: Property[] = []
  for await (const { name, first } of walk.members()) {
    const isArray = first === OPEN_LIST
    if (isArray) walk.enter()
    properties.push({ name, isArray, ofRecords: isArray && (await walk.next()) === OPEN })
    if (properties.length > MANY) break
  }
  return properties
}

function noArray(shown: string, at: string, first: string, properties: readonly Property[]): AssayError {
  const arrays = properties.filter(({ isArray }) => isArray).map(({ name }) => JSON.stringify(name))
  return new AssayError('wrong-argument', `${shown} has no array in a property ${JSON.stringify(at)}`, {
    hint: arrays.length > 0 ? `arrays are in ${arrays.join(', ')}` : `its first value is ${first}`,
  })
}
