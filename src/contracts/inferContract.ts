import { isHeldAsText } from '../cells/cell.ts'
import { blockOf } from '../results/blocks/index.ts'
import type { Check } from '../checks/check.ts'
import { evaluate } from '../checks/evaluate.ts'
import { noMissing } from '../checks/kinds/noMissing.ts'
import { checkFilteredCells } from '../checks/filteredCells.ts'
import { checkedDataset } from '../checks/receiver.ts'
import { uniqueKey } from '../checks/kinds/uniqueKey.ts'
import { isNoneLeft, NONE_LEFT, unreadOf } from '../checks/kinds/wellFormed.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { isMissingMarker } from '../cells/missingMarkers.ts'
import { isWide } from '../engine/narrowing.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { countText } from '../words/text/numbers.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import { runMetrics } from '../metrics/run.ts'
import type { CheckResult } from '../results/checkResult.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, sql } from '../sql/sql.ts'
import type { Contract } from './contractModel.ts'
import type { Json, JsonObject } from '../schema/json.ts'
import { type JsonKinds, jsonKinds, MOST_TEXTS } from './jsonKinds.ts'
import { provenType } from './provenType.ts'
import { jsonValue } from '../schema/reading.ts'
import { type ColumnSchema, toJsonSchema } from '../schema/tableSchema.ts'
import { jsonTypeOfNumber } from '../schema/jsonInteger.ts'
import { valuesOfJsonType } from '../schema/valueTypes.ts'
import { holdRows, recordsOf, relationOf } from '../dataset/opened.ts'
import { quoted } from '../words/text/quoted.ts'

/** How values of a logical type read in JSON Schema. */
const rulesOfType: Readonly<Partial<Record<LogicalType, JsonObject>>> = {
  boolean: { type: 'boolean' },
  integer: { type: 'integer' },
  number: { type: 'number' },
  decimal: { type: 'number' },
  string: { type: 'string' },
  date: { type: 'string', format: 'date' },
  timestamp: { type: 'string', format: 'date-time' },
  timestamptz: { type: 'string', format: 'date-time' },
  time: { type: 'string', format: 'iso-time' },
  list: { type: 'array' },
  struct: { type: 'object' },
}

/**
 * Writes the contract that a dataset keeps today: its columns and no others, their types over all rows, which of them
 * have no missing value, the declared key where it is unique, personal columns; never ranges, which next month's data would break. A type is
 * claimed only when every value has it; texts beside the values of another type that only mark a missing one (`n/a`, `-`)
 * are named as such. Nothing is learned from absence: a column without a value may hold anything, and a property that
 * some records lack may be lacking in all. Amounts in text or JSON that happen to be whole are numbers. A
 * declared key that rows share is left out, which the description says. Throws AssayError for a dataset without rows.
 */
export async function inferContract(dataset: Dataset): Promise<Contract> {
  checkedDataset(dataset, 'inferContract')
  await checkFilteredCells(dataset, {})
  const shared = await sharedKey(dataset)
  const { $schema, title, ...rest } = await contractNow(dataset, shared === undefined ? dataset.key : [])
  return { $schema, title, ...(shared === undefined ? {} : { description: `no key: ${shared}` }), ...rest }
}

/** What the contract of a dataset would say of some of its columns. Throws AssayError for a dataset without rows. */
export function inferColumns(dataset: Dataset, names: readonly string[]): Promise<Contract> {
  return contractNow(dataset, [], names)
}

/** How many rows share the declared key with others, in a sentence; undefined where it tells all rows apart. */
export async function sharedKey(dataset: Dataset): Promise<string | undefined> {
  const key = keyCheck(dataset)
  const result = key && (await resultOf(key))
  if (result?.status === 'error') throw new AssayError('query-failed', result.message ?? 'could not run')
  return result?.status === 'fail' ? notApart(dataset, result) : undefined
}

function notApart({ key }: Dataset, result: CheckResult): string {
  const { counts } = result
  const sample = blockOf(result, 'rows')
  const names = quoted(key)
  const places = sample?.lines ?? sample?.rowNumbers ?? []
  const more = places.length > 5 ? ', …' : ''
  const where =
    places.length > 0 ? ` (${sample?.lines ? 'lines' : 'rows'} ${places.slice(0, 5).join(', ')}${more})` : ''
  return `${countText(counts?.failed ?? 0, 'row')}${where} have no ${names} of their own`
}

async function nothingToRead(dataset: Dataset): Promise<AssayError> {
  const unread = await unreadOf(dataset, {})
  const lost = unread?.rowsLost ?? 0
  const why =
    lost > 0 ? `: ${countText(lost, 'record')} could not be read, the first for ${unread?.first[0]?.reason}` : ''
  return new AssayError(
    'wrong-use',
    `dataset ${JSON.stringify(dataset.name)} has no rows, so no contract can be read off it${why}`,
    {
      hint:
        unread && (await isNoneLeft(dataset, unread))
          ? NONE_LEFT
          : 'read the contract off data, or write it with table({ … })',
    },
  )
}

async function contractNow(dataset: Dataset, key: readonly string[], names?: readonly string[]): Promise<Contract> {
  const relation = await rowsToAsk(dataset)
  const counted = rowCount()
  const rows = (await runMetrics([counted], relation)).get(counted.key)
  if (rows && !rows.ok) throw rows.error
  if (rows?.value === 0 || relation.columns.length === 0) throw await nothingToRead(dataset)
  const records = await originals(dataset, relation)
  const kinds = relation.jsonRows ? await jsonKinds(relation, Number(rows?.value)) : undefined
  const columns = await Promise.all(
    relation.columns
      .filter(({ name }) => names?.includes(name) ?? true)
      .map(async (column) => {
        const known = kinds?.get(column.name)
        if (known) return fromKinds(column, dataset, known)
        return records ? fromKinds(column, dataset, kindsOf(column, records)) : fromValues(column, dataset, relation)
      }),
  )
  return toJsonSchema({
    draft: '2020-12',
    title: dataset.name,
    columns,
    extraColumns: 'fail',
    key,
    shared: {},
  })
}

/** A wide text file is asked about each of its columns, so its rows are kept in the engine. */
async function rowsToAsk(dataset: Dataset): Promise<Relation> {
  const relation = await relationOf(dataset)
  if (!isWide(relation) || relation.jsonRows) return relation
  await holdRows(dataset)
  return relationOf(dataset)
}

function keyCheck(dataset: Dataset): Check | undefined {
  return dataset.key.length > 0 ? uniqueKey(dataset, dataset.key, { nulls: 'fail' }) : undefined
}

async function fromValues(column: Column, dataset: Dataset, relation: Relation): Promise<ColumnSchema> {
  const { name } = column
  const heldAsText = isHeldAsText(column)
  const target = dataset.column(name)
  const [missing, proven, number] = await Promise.all([
    resultOf(noMissing(target)),
    heldAsText || column.type === 'mixed' ? provenType(relation, column, dataset.pii.includes(name)) : undefined,
    !heldAsText && column.type === 'number' ? resultOf(valuesOfJsonType(target, ['number'], {})) : undefined,
  ])
  const failed = missing.counts?.failed ?? 0
  const empty = failed === missing.counts?.rows
  const type = proven ? proven.type : number === undefined || number.status === 'pass' ? column.type : undefined
  // A column of text without any text is what sources make of one that holds nothing.
  if (empty && (heldAsText || column.type === 'string'))
    return described(name, dataset, { rules: { description: NOTHING }, required: false, present: true })
  const markers = proven?.missing ?? []
  // Whole numbers of a typed source are what it declares; those of text may be an accident of these rows.
  const typeRules = type === 'integer' && proven ? integerRules(name, dataset) : ((type && rulesOfType[type]) ?? {})
  return described(name, dataset, {
    rules: { ...typeRules, ...(proven?.seen === undefined ? {} : { description: proven.seen }) },
    required: missing.status === 'pass' && markers.length === 0,
    present: true,
    ...(markers.length > 0 ? { missing: heldAsText ? ['', ...markers.filter((text) => text !== '')] : markers } : {}),
  })
}

const NOTHING = 'no values yet: of any type'

async function resultOf(check: Check): Promise<CheckResult> {
  return (await evaluate(check))[0] as CheckResult
}

/** Names of amounts, which are whole now and then. */
const measures =
  /(^|[_\W])(amount|price|cost|total|subtotal|sum|fee|tax|vat|balance|revenue|sales|salary|income|weight|height|width|length|depth|size|area|volume|distance|speed|duration|rate|ratio|share|percent|percentage|pct|score|value|temp|temperature|lat|latitude|lon|lng|longitude|avg|average|mean|median|std|min|max)([_\W]|$)/i
const keys = /(^|[_\W])(id|key|no|nr|number|num|count|code|year|month|day|age|rank|index)([_\W]|$)|(Id|Count|Number)$/

/** Whole numbers: of what is counted or named they stay whole, of an amount that is an accident of these rows. */
function integerRules(name: string, { key }: Dataset): JsonObject {
  const parts = name.replace(/([a-z])([A-Z])/g, '$1_$2')
  if (key.includes(name) || keys.test(parts) || !measures.test(parts)) return { type: 'integer' }
  return { type: 'number' }
}

type Row = Readonly<Record<string, unknown>>

/** The records of this slice, each with the columns that were declared missing left out. */
async function originals(
  dataset: Dataset,
  { engine, columns, numbered }: Relation,
): Promise<readonly Row[] | undefined> {
  const records = (await recordsOf(dataset)) as readonly Row[] | undefined
  if (!records || !numbered) return undefined
  const row = id(ROW_NUMBER)
  const present = columns.map(({ name }) => sql`${id(name)} is not null`)
  const cells = present.reduce((all, one) => sql`${all}, ${one}`, sql`${row}`)
  const rows = await engine.query(sql`select ${cells} from ${numbered} order by ${row}`)
  return rows.map(([number, ...there]) => {
    const original = records[Number(number) - 1] as Row
    return Object.fromEntries(
      columns.flatMap(({ name }, i) => {
        const value = Object.hasOwn(original, name) ? original[name] : undefined
        return there[i] || value === null ? [[name, value] as const] : []
      }),
    )
  })
}

function kindsOf({ name }: Column, records: readonly Row[]): JsonKinds {
  const types = new Set<string>()
  const texts = new Map<string, number>()
  let absent = 0
  for (const record of records) {
    if (!Object.hasOwn(record, name)) {
      absent++
      continue
    }
    const value = record[name]
    const type = typeOf(value)
    types.add(type)
    if (type === 'string' && texts.size <= MOST_TEXTS) texts.set(String(value), (texts.get(String(value)) ?? 0) + 1)
  }
  return { types, absent, texts: texts.size > MOST_TEXTS ? undefined : [...texts.keys()] }
}

/** Records tell null from absent, and a column of several types says them all. */
function fromKinds({ name }: Column, dataset: Dataset, { types, absent, texts }: JsonKinds): ColumnSchema {
  const valid = !types.has('invalid')
  if (types.has('number')) types.delete('integer')
  const nulls = types.has('null')
  const others = [...types].filter((type) => type !== 'null' && type !== 'string').sort()
  // Texts that only mark a missing value, among values of another type, are none.
  const markers = types.has('string') && others.length === 1 && texts?.every(isMissingMarker) ? texts : []
  if (markers.length > 0) types.delete('string')
  const strings = types.has('string')
  const instants = types.delete('instant')
  if (instants) types.add('string')
  const all = [...types].sort()
  // A property that is null in every record may hold anything in the next one.
  if (all.every((type) => type === 'null'))
    return described(name, dataset, { rules: { description: NOTHING }, required: false, present: absent === 0 })
  const whole = types.has('integer') ? integerRules(name, dataset) : undefined
  const named = whole ? all.map((type) => (type === 'integer' ? (whole.type as string) : type)) : all
  const rules = {
    ...(valid ? { type: (named.length === 1 ? named[0] : named) as Json } : {}),
    ...(valid && instants && !strings ? { format: 'date-time' } : {}),
    ...(strings && others.length > 0 && valid ? { description: `holds ${[...others, 'text'].join(' and ')}` } : {}),
  }
  // What some records do not have, none of the next ones may have.
  const required = absent === 0 && markers.length === 0
  return described(name, dataset, {
    rules,
    required,
    present: !required && absent === 0 && !nulls,
    ...(markers.length > 0 ? { missing: [...markers].sort() } : {}),
  })
}

function typeOf(value: unknown): string {
  if (value instanceof Date) return 'instant'
  const json = jsonValue(value)
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'array'
  if (typeof json === 'number') return jsonTypeOfNumber(json)
  return ['boolean', 'string', 'object'].includes(typeof json) ? typeof json : 'invalid'
}

interface Read {
  readonly rules: JsonObject
  readonly required: boolean
  /** The column is there, though it may have no value in some rows. */
  readonly present: boolean
  readonly missing?: readonly string[]
}

function described(name: string, dataset: Dataset, { rules, required, present, missing }: Read): ColumnSchema {
  return {
    name,
    required,
    ...(present && !required ? { present: true } : {}),
    rules,
    ...(missing ? { missing } : {}),
    ...(dataset.pii.includes(name) ? { pii: true } : {}),
  }
}
