import { blockOf } from '../results/blocks/index.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { renamed } from '../compatibility/compareContracts.ts'
import type { Contract } from './contractModel.ts'
import { inferContract } from './inferContract.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members, own, shown } from '../schema/json.ts'
import { typesOf } from '../schema/reading.ts'

const MOST = 30

/**
 * What a contract says against what the data is now, a line each for every column that breaks it, came or went:
 * `- amount number` and `+ amount string (first: row 3 "n/a")`. Values of personal columns are not shown. Empty when
 * the data cannot be described, or nothing about its columns differs.
 */
export async function contractDiff(
  dataset: Dataset,
  contract: Contract,
  results: readonly CheckResult[],
): Promise<readonly string[]> {
  const now = await inferContract(dataset).catch((error: unknown) => {
    if (error instanceof AssayError) return undefined
    throw error
  })
  if (!now || results.some(({ kind, status }) => kind === 'matchesSchema' && status === 'error')) return []
  const [old, data] = [jsonCopy(contract) as JsonObject, now as JsonObject]
  const [said, found] = [members(old, 'properties'), members(data, 'properties')]
  const failing = results.filter(({ blocking }) => blocking)
  const removed = Object.keys(said).filter((name) => failing.some((one) => one.kind === 'hasColumn' && of(one, name)))
  const closed = failing.some(({ kind }) => kind === 'onlyColumns')
  const added = closed ? Object.keys(found).filter((name) => !Object.hasOwn(said, name)) : []
  const pairs = renamed(removed, added, (a, b) => typeWords(own(said, a)) === typeWords(own(found, b)))
  const lines: string[] = []
  const secret = (name: string): boolean => dataset.pii.includes(name)
  const widest = Math.max(...[...Object.keys(said), ...added].map((name) => label(name).length))
  const line = (sign: string, name: string, ...words: readonly string[]) =>
    lines.push(`${sign} ${label(name).padEnd(Math.min(widest, 30))}  ${words.filter(Boolean).join(', ')}`.trimEnd())
  for (const name of Object.keys(said)) {
    const other = pairs.get(name)
    if (removed.includes(name)) {
      line(
        '-',
        name,
        columnWords(old, name, secret(name)),
        other === undefined ? 'removed' : `was ${label(name)} renamed to ${label(other)}?`,
      )
      if (other !== undefined) line('+', other, columnWords(data, other, secret(other)))
      continue
    }
    const own = failing.filter((result) => of(result, name))
    if (own.length === 0) continue
    line('-', name, columnWords(old, name, secret(name)))
    line(
      '+',
      name,
      columnWords(data, name, secret(name)),
      ...own.map(broken).filter((words) => words !== ''),
      first(own),
    )
  }
  const paired = [...pairs.values()]
  for (const name of added) if (!paired.includes(name)) line('+', name, columnWords(data, name, secret(name)), 'added')
  const left = lines.length - MOST
  return left > 1 ? [...lines.slice(0, MOST), `… and ${left} more lines`] : lines
}

const of = ({ subject }: CheckResult, name: string): boolean => subject.column === name
const label = (name: string): string => (/^[\w-]{1,40}$/.test(name) ? name : shown(name))

/** What the schema says about a column, in few words. */
function columnWords(schema: JsonObject, name: string, secret: boolean): string {
  const property = own(members(schema, 'properties'), name)
  const optional = ((schema.required ?? []) as readonly string[]).includes(name) ? [] : ['may be missing']
  if (!isObject(property)) return [typeWords(property), ...optional].join(', ')
  const { type: _, format, 'x-assay': assay, ...rest } = property as JsonObject
  const { unique } = isObject(assay) ? (assay as JsonObject) : {}
  const told = [format, ...['title', 'description', '$comment', 'examples', 'default'].map((key) => rest[key])]
  const more = Object.entries(rest)
    .filter(([, value]) => !told.includes(value))
    .map(([keyword, value]) => (secret ? keyword : `${keyword} ${shown(value)}`))
  return [typeWords(property as JsonObject), ...more, ...(unique ? ['unique'] : []), ...optional].join(', ')
}

const times: Readonly<Record<string, string>> = { date: 'date', 'date-time': 'timestamp', 'iso-time': 'time' }

function typeWords(property: Json | undefined): string {
  if (!isObject(property)) return 'any type'
  const { format } = property as JsonObject
  if (typeof format === 'string' && times[format] !== undefined) return times[format]
  const types = typesOf(property as JsonObject)?.join(' or ') ?? 'any type'
  return format === undefined ? types : `${types}, format ${shown(format)}`
}

/** What breaks beyond the type and the presence, which the data's own words tell. */
function broken({ kind, counts, expected }: CheckResult): string {
  if (kind === 'valuesOfType' || kind === 'noMissing' || !counts) return ''
  return `${counts.failed} of ${counts.tested} rows break "${expected}"`
}

function first(results: readonly CheckResult[]): string {
  for (const result of results) {
    const sample = blockOf(result, 'rows')
    const [row] = sample?.rows ?? []
    if (!sample || !row) continue
    const cell = row[sample.marked[0] ?? -1]
    const place = sample.rowNumbers ? `row ${sample.rowNumbers[0]} ` : ''
    return `first: ${place}${cell === null || cell === undefined ? 'missing' : shown(cell)}`
  }
  return ''
}
