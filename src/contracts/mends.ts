import { type Json, type JsonObject, members, objectOf } from '../schema/json.ts'
import { spellingOf } from '../schema/spellings.ts'

/** What a check that broke is about, in a contract. */
export interface Broken {
  readonly contract: JsonObject
  /** The contract that the data keeps now. */
  readonly fresh: JsonObject
  readonly column: string
}

/** Takes what broke out of a contract, or reads it off the data anew. */
export type Mend = (broken: Broken) => JsonObject

/** How a kind of check stands in a contract. */
export interface Standing {
  readonly mend: Mend
  /** What a broken one says of columns: that its own is gone, that there are others, or what their types and presence say too. */
  readonly says?: 'gone' | 'others' | 'type'
}

/** How a kind stands: its words go where it breaks; of one that JSON Schema has no words for, the column is read anew. */
export function standingOf(kind: string): Standing {
  const mend = Object.hasOwn(mends, kind) ? (mends[kind] as Mend) : mendOfWords(spellingOf(kind))
  const says = Object.hasOwn(saysOf, kind) ? saysOf[kind] : undefined
  return says === undefined ? { mend } : { mend, says }
}

const mendOfWords =
  (words: readonly string[] | undefined): Mend =>
  ({ contract, fresh, column }) => {
    // What is about no column is a rule of whole rows.
    if (!Object.hasOwn(members(contract, 'properties'), column)) return contract
    return words
      ? withColumn(contract, column, (property) => without(property, words))
      : withColumn(contract, column, () => columnOf(fresh, column))
  }

const saysOf: Readonly<Record<string, NonNullable<Standing['says']>>> = {
  hasColumn: 'gone',
  onlyColumns: 'others',
  noMissing: 'type',
  valuesOfType: 'type',
}

const mends: Readonly<Record<string, Mend>> = {
  onlyColumns({ contract, fresh }) {
    const known = members(contract, 'properties')
    const added = Object.entries(members(fresh, 'properties')).filter(([name]) => !Object.hasOwn(known, name))
    const filled = requiredBy(fresh).filter((name) => added.some(([one]) => one === name))
    return {
      ...contract,
      properties: { ...known, ...objectOf(added) },
      required: [...requiredBy(contract), ...filled],
    }
  },
  hasColumn: ({ contract, column }) =>
    optional({ ...contract, properties: without(members(contract, 'properties'), [column]) }, column),
  noMissing: ({ contract, column }) =>
    optional(
      withColumn(contract, column, (property) => ({
        ...property,
        'x-assay': { ...members(property, 'x-assay'), present: true },
      })),
      column,
    ),
  uniqueKey({ contract, column }) {
    const { key, uniqueKeys, ...rest } = members(contract, 'x-assay')
    const isOther = (names: Json): boolean => [names].flat().map(String).join(', ') !== column
    const others = [uniqueKeys ?? []].flat().filter(isOther)
    const stated = {
      ...rest,
      ...(key === undefined || !isOther(key) ? {} : { key }),
      ...(others.length > 0 ? { uniqueKeys: others } : {}),
    }
    const mended = (key ?? uniqueKeys) ? { ...contract, 'x-assay': stated } : contract
    const assay = members(columnOf(contract, column), 'x-assay')
    if (!assay.unique) return mended
    return withColumn(mended, column, (property) => ({ ...property, 'x-assay': without(assay, ['unique']) }))
  },
  valuesOfType: ({ contract, fresh, column }) =>
    withColumn(contract, column, (property) => {
      const words = [...(spellingOf('valuesOfType') ?? []), 'description']
      const now = columnOf(fresh, column)
      const read = Object.entries(now).filter(([name]) => words.includes(name))
      const { missing } = members(now, 'x-assay')
      const markers = missing === undefined ? {} : { 'x-assay': { ...members(property, 'x-assay'), missing } }
      return { ...objectOf(read), ...without(property, words), ...markers }
    }),
}

const columnOf = (contract: JsonObject, column: string): JsonObject => members(members(contract, 'properties'), column)
const requiredBy = ({ required = [] }: JsonObject): readonly string[] => required as readonly string[]

function withColumn(contract: JsonObject, column: string, mend: (property: JsonObject) => JsonObject): JsonObject {
  const properties: JsonObject = { ...members(contract, 'properties'), [column]: mend(columnOf(contract, column)) }
  return { ...contract, properties }
}

const optional = (contract: JsonObject, column: string): JsonObject => ({
  ...contract,
  required: requiredBy(contract).filter((name) => name !== column),
})

const without = (object: JsonObject, names: readonly string[]): JsonObject =>
  objectOf(Object.entries(object).filter(([name]) => !names.includes(name)) as [string, Json][])
