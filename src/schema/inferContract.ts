import type { Check } from '../checks/check.ts'
import { evaluate } from '../checks/evaluate.ts'
import { noMissing } from '../checks/noMissing.ts'
import { checkedDataset } from '../checks/receiver.ts'
import { uniqueKey } from '../checks/uniqueKey.ts'
import { type ValueType, valuesOfType } from '../checks/valuesOfType.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Column, Relation } from '../engine/engine.ts'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { rowCount } from '../metrics/rowCount.ts'
import { runMetrics } from '../metrics/run.ts'
import type { CheckResult } from '../results/checkResult.ts'
import type { LogicalType } from '../sql/dialect.ts'
import { id, sql } from '../sql/sql.ts'
import type { Contract } from './contract.ts'
import type { Json, JsonObject } from './json.ts'
import { type JsonKinds, jsonKinds } from './jsonKinds.ts'
import { jsonValue } from './reading.ts'
import { type ColumnSchema, toJsonSchema } from './tableSchema.ts'
import { valuesOfJsonType, valuesOfTimestamp } from './valueTypes.ts'

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
 * have no missing value, the declared key where it is unique, personal columns; never ranges, which next month's data
 * would break. A type is claimed only when every value has it. Throws AssayError for a dataset without rows.
 */
export async function inferContract(dataset: Dataset): Promise<Contract> {
  checkedDataset(dataset, 'inferContract')
  const relation = await dataset.relation()
  const counted = rowCount()
  const rows = (await runMetrics([counted], relation)).get(counted.key)
  if (rows && !rows.ok) throw rows.error
  if (rows?.value === 0 || relation.columns.length === 0) {
    throw new AssayError(
      'wrong-use',
      `dataset ${JSON.stringify(dataset.name)} has no rows, so no contract can be read off it`,
      {
        hint: 'read the contract off data, or write it with table({ … })',
      },
    )
  }
  const records = await originals(dataset, relation)
  const columns = await Promise.all(
    relation.columns.map(async (column) => {
      if (relation.jsonRows) return fromKinds(column, dataset, await jsonKinds(column, relation))
      return records ? fromKinds(column, dataset, kindsOf(column, records)) : fromValues(column, dataset, relation)
    }),
  )
  return toJsonSchema({
    draft: '2020-12',
    title: dataset.name,
    columns,
    extraColumns: 'fail',
    key: (await holds(keyCheck(dataset))) ? dataset.key : [],
    shared: {},
  })
}

function keyCheck(dataset: Dataset): Check | undefined {
  return dataset.key.length > 0 ? uniqueKey(dataset, dataset.key, { nulls: 'fail' }) : undefined
}

async function holds(check: Check | undefined): Promise<boolean> {
  if (!check) return false
  const [result] = await evaluate(check)
  if (result?.status === 'error') throw new AssayError('query-failed', result.message ?? 'could not run')
  return result?.status === 'pass'
}

async function fromValues(column: Column, dataset: Dataset, { textual }: Relation): Promise<ColumnSchema> {
  const target = dataset.column(column.name)
  const candidates = textual ? textTypes(column.type) : [column.type]
  const checks = candidates.map((type) => typeCheck(type))
  function typeCheck(type: LogicalType): Check | undefined {
    if (textual) {
      return type === 'timestamp' || type === 'timestamptz'
        ? valuesOfTimestamp(target, {})
        : valuesOfType(target, type as ValueType)
    }
    return type === 'number' ? valuesOfJsonType(target, ['number'], {}) : undefined
  }
  const [missing, ...typed] = await Promise.all(
    [noMissing(target), ...checks].map(
      async (check): Promise<CheckResult | undefined> => (check ? (await evaluate(check))[0] : undefined),
    ),
  )
  const empty = missing?.counts?.failed === missing?.counts?.rows
  const fits = candidates.find((_, i) => typed[i] === undefined || typed[i]?.status === 'pass')
  const rules = empty && textual ? {} : ((fits && rulesOfType[fits]) ?? {})
  return described(column.name, dataset, { rules, required: missing?.status === 'pass' })
}

/** From the narrowest type that the first rows of a text file suggest to text, which every cell is. */
function textTypes(detected: LogicalType): readonly LogicalType[] {
  if (detected === 'string') return ['string']
  return detected === 'integer' ? ['integer', 'number', 'string'] : [detected, 'string']
}

type Row = Readonly<Record<string, unknown>>

/** The records of this slice, each with the columns that were declared missing left out. */
async function originals(
  dataset: Dataset,
  { engine, columns, numbered }: Relation,
): Promise<readonly Row[] | undefined> {
  const records = (await dataset.root.records()) as readonly Row[] | undefined
  if (!records || !numbered) return undefined
  const row = id(ROW_NUMBER)
  const present = columns.map(({ name }) => sql`${id(name)} is not null`)
  const cells = present.reduce((all, one) => sql`${all}, ${one}`, sql`${row}`)
  const found = await engine.query(sql`select ${cells} from ${numbered} order by ${row}`)
  return found.map(([number, ...there]) => {
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
  let absent = 0
  for (const record of records) {
    if (Object.hasOwn(record, name)) types.add(typeOf(record[name]))
    else absent++
  }
  return { types, absent }
}

/** Records tell null from absent, and a column of several types says them all. */
function fromKinds({ name }: Column, dataset: Dataset, { types, absent }: JsonKinds): ColumnSchema {
  const valid = !types.has('invalid')
  if (types.has('number')) types.delete('integer')
  const instants = types.delete('instant')
  const strings = types.has('string')
  if (instants) types.add('string')
  const all = [...types].sort()
  const rules = {
    ...(valid && all.length > 0 ? { type: (all.length === 1 ? all[0] : all) as Json } : {}),
    ...(valid && instants && !strings ? { format: 'date-time' } : {}),
  }
  return described(name, dataset, { rules, required: absent === 0 })
}

function typeOf(value: unknown): string {
  if (value instanceof Date) return 'instant'
  const json = jsonValue(value)
  if (json === null) return 'null'
  if (Array.isArray(json)) return 'array'
  if (typeof json === 'number') return Number.isInteger(json) ? 'integer' : Number.isFinite(json) ? 'number' : 'invalid'
  return ['boolean', 'string', 'object'].includes(typeof json) ? typeof json : 'invalid'
}

function described(
  name: string,
  dataset: Dataset,
  { rules, required }: { rules: JsonObject; required: boolean },
): ColumnSchema {
  return {
    name,
    required,
    ...(required ? {} : { present: true }),
    rules,
    ...(dataset.pii.includes(name) ? { pii: true } : {}),
  }
}
