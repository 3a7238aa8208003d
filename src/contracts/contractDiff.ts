import { blockOf } from '../results/blocks/index.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { relationOf } from '../dataset/opened.ts'
import { AssayError } from '../errors.ts'
import type { CheckResult } from '../results/checkResult.ts'
import { renamed } from '../compatibility/compareContracts.ts'
import type { Contract } from './contractModel.ts'
import { inferColumns } from './inferContract.ts'
import { standingOf } from './mends.ts'
import { isObject, type Json, type JsonObject, jsonCopy, members, own, shown } from '../schema/json.ts'
import { typesOf } from '../schema/reading.ts'
import { visible } from '../words/text/visible.ts'

const MOST = 30

/**
 * What a contract says against what the data is now: a line each for every column that breaks it, came or went
 * (`- amount number` and `+ amount string (first: row 3 "n/a")`), then for what it asks of no single column
 * (`- row count  at least 10` and `+ row count  3`). Values of personal columns are not shown. Empty when the contract
 * or the data cannot be read, or nothing differs.
 */
export async function contractDiff(
  dataset: Dataset,
  contract: Contract,
  results: readonly CheckResult[],
): Promise<readonly string[]> {
  // What the whole asks is no part of it: there the contract itself could not be asked.
  if (results.some(({ status, group }) => status === 'error' && group === undefined)) return []
  const old = jsonCopy(contract) as JsonObject
  const known = members(old, 'properties')
  const changes = changesOf(results, Object.keys(known))
  const there = await readable(async () => (await relationOf(dataset)).columns.map(({ name }) => name))
  if (!there) return []
  const added = changes.others ? there.filter((name) => !Object.hasOwn(known, name)) : []
  const names = [...changes.broken.keys(), ...added].filter((name) => there.includes(name))
  const data = await readable(async () =>
    names.length > 0 ? ((await inferColumns(dataset, names)) as JsonObject) : {},
  )
  if (!data) return []
  const now = members(data, 'properties')
  const gone = Object.keys(known).filter((name) => changes.gone.has(name))
  const pairs = renamed(gone, added, (a, b) => typeWords(own(known, a)) === typeWords(own(now, b)))
  const secret = (name: string): boolean => dataset.pii.includes(name)
  const before = (name: string): string => columnWords(old, name, secret(name))
  const after = (name: string): string => columnWords(data, name, secret(name))
  const lines: Line[] = []
  for (const name of Object.keys(known)) {
    const other = pairs.get(name)
    const broken = changes.broken.get(name)
    if (gone.includes(name)) {
      const fate = other === undefined ? 'removed' : `was ${label(name)} renamed to ${label(other)}?`
      lines.push({ sign: '-', name: label(name), words: [before(name), fate] })
      if (other !== undefined) lines.push({ sign: '+', name: label(other), words: [after(other)] })
    } else if (broken) {
      lines.push({ sign: '-', name: label(name), words: [before(name)] })
      const words = there.includes(name) ? [after(name)] : []
      lines.push({ sign: '+', name: label(name), words: [...words, ...broken.map(breach), first(broken)] })
    }
  }
  const paired = [...pairs.values()]
  for (const name of added)
    if (!paired.includes(name)) lines.push({ sign: '+', name: label(name), words: [after(name), 'added'] })
  for (const result of changes.ofTable) {
    const { title, expected, measured, subject } = result
    const name = subject.column === undefined ? title : `${labels(subject.column)}: ${title}`
    lines.push({ sign: '-', name, words: title.includes(expected) ? [] : [expected] })
    lines.push({ sign: '+', name, words: [measured, first([result])] })
  }
  return texts(lines, Object.keys(known).map(label))
}

/** What broke, by what it is about. */
interface Changes {
  /** Columns that are not there. */
  readonly gone: ReadonlySet<string>
  /** There are columns that the contract knows nothing of. */
  readonly others: boolean
  readonly broken: ReadonlyMap<string, readonly CheckResult[]>
  /** What is about no single column of the contract. */
  readonly ofTable: readonly CheckResult[]
}

function changesOf(results: readonly CheckResult[], known: readonly string[]): Changes {
  const broken = new Map<string, CheckResult[]>()
  const gone = new Set<string>()
  const ofTable: CheckResult[] = []
  let others = false
  for (const result of results) {
    if (!result.blocking || result.group === undefined) continue
    const { says } = standingOf(result.kind)
    const { column } = result.subject
    if (says === 'others') others = true
    else if (column === undefined || !known.includes(column)) ofTable.push(result)
    else if (says === 'gone') gone.add(column)
    else broken.set(column, [...(broken.get(column) ?? []), result])
  }
  return { gone, others, broken, ofTable }
}

/** What is read off the data; undefined where it cannot be read. */
async function readable<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof AssayError) return undefined
    throw error
  }
}

interface Line {
  readonly sign: '-' | '+'
  readonly name: string
  readonly words: readonly string[]
}

function texts(lines: readonly Line[], names: readonly string[]): readonly string[] {
  const widest = Math.min(30, Math.max(0, ...[...names, ...lines.map(({ name }) => name)].map(({ length }) => length)))
  const all = lines.map(({ sign, name, words }) =>
    visible(`${sign} ${name.padEnd(widest)}  ${words.filter((text) => text !== '').join(', ')}`.trimEnd()),
  )
  const left = all.length - MOST
  return left > 1 ? [...all.slice(0, MOST), `… and ${left} more lines`] : all
}

/** Of one column, or of several with commas between. */
const labels = (names: string): string => (/^[\w-]+(, [\w-]+)*$/.test(names) ? names : shown(names))
const label = (name: string): string => (/^[\w-]{1,40}$/.test(name) ? name : shown(name))

/** What the schema says about a column, in few words. */
function columnWords(schema: JsonObject, name: string, secret: boolean): string {
  const property = own(members(schema, 'properties'), name)
  const optional = ((schema.required ?? []) as readonly string[]).includes(name) ? [] : ['may be missing']
  if (!isObject(property)) return [typeWords(property), ...optional].join(', ')
  const { type: _, format, 'x-assay': assay, ...rest } = property as JsonObject
  const { unique } = isObject(assay) ? (assay as JsonObject) : {}
  const described = [format, ...['title', 'description', '$comment', 'examples', 'default'].map((key) => rest[key])]
  const more = Object.entries(rest)
    .filter(([, value]) => !described.includes(value))
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

/** What breaks beyond what the data's own words tell. */
function breach({ kind, counts, expected }: CheckResult): string {
  if (standingOf(kind).says === 'type' || !counts) return ''
  return `${counts.failed} of ${counts.tested} rows break "${expected}"`
}

function first(results: readonly CheckResult[]): string {
  for (const result of results) {
    const sample = blockOf(result, 'rows')
    const [row] = sample?.rows ?? []
    if (!sample || !row) continue
    const [marked] = sample.marked
    const cell = marked === undefined ? undefined : (row[marked] ?? null)
    const words = [
      ...(sample.rowNumbers ? [`row ${sample.rowNumbers[0]}`] : []),
      ...(cell === undefined ? [] : [cell === null ? 'missing' : shown(cell)]),
    ]
    return words.length > 0 ? `first: ${words.join(' ')}` : ''
  }
  return ''
}
