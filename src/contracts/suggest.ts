import { exactShare, exactText, numberText } from '../words/text/numbers.ts'
import { evaluate } from '../checks/evaluate.ts'
import { profile } from '../profile/profile.ts'
import { checkedDataset, checkSignal } from '../checks/receiver.ts'
import { valuesBetween } from '../checks/kinds/valuesBetween.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { derived } from '../dataset/handle.ts'
import { type QueryOptions, ROW_NUMBER } from '../engine/engine.ts'
import { id, type Sql, sql } from '../sql/sql.ts'
import { ownOptions } from '../options.ts'
import type { ColumnProfile, DatasetSummary } from '../results/runDocument.ts'
import type { Contract } from './contractModel.ts'
import { inferContract } from './inferContract.ts'
import { readSchema } from '../languages/readSchema.ts'
import { tableCode } from '../languages/table/tableSource.ts'
import { type Json, type JsonObject, members, objectOf, own, shown } from '../schema/json.ts'
import { matchesSchema } from './matchesSchema.ts'
import { readAsContract } from './missingNotes.ts'
import { patternOfShapes } from './patternOfShapes.ts'
import { relationOf } from '../dataset/opened.ts'

export type Confidence = 'high' | 'medium' | 'low'

/** A constraint that the data holds and that other data of its kind is likely to hold too. */
export interface Suggestion {
  /** The column; absent for the table as a whole. */
  readonly column?: string
  /** The constraint, e.g. `minimum 0`. */
  readonly constraint: string
  /** What was seen. */
  readonly evidence: string
  readonly confidence: Confidence
  /** Why that much confidence, in plain words. */
  readonly because: string
}

/**
 * Suggestions for a dataset, and the contract that those with more than low confidence make together with what
 * `inferContract` reads off the data.
 */
export interface Suggestions {
  readonly dataset: string
  readonly rows: number
  readonly suggestions: readonly Suggestion[]
  readonly contract: Contract
  /** The same as TypeScript with `table({ … })`. */
  readonly code: string
}

interface Proposal extends Suggestion {
  /** Keywords of the column, or of the root for the table. */
  readonly rules: JsonObject
}

const MOST_VALUES = 30
/** Nothing is estimated: the same data gives the same suggestions. */
const COUNTED = { top: MOST_VALUES + 1, exactUpTo: 20_000_000 }
/** A value seen that often, on average, is no accident. */
const LEAST_SEEN = 10
const RAREST = 5
/** Values below which nothing is proposed. */
export const LEAST_VALUES = 20

/**
 * Proposes constraints that next month's data is likely to hold: limits with head room, sets of values, patterns,
 * lengths, a key; each with its evidence. They hold for this data; whether they should hold is yours to say. What the
 * first four fifths of the rows suggest is tried on the rest: what breaks there has low confidence, and is a note only. The same
 * data gives the same suggestions. Nothing is proposed about the values of columns tagged `pii`. Throws AssayError for a
 * dataset without rows.
 */
export async function suggest(dataset: Dataset, options?: QueryOptions): Promise<Suggestions> {
  checkedDataset(dataset, 'suggest')
  const query = ownOptions('suggest', options, ['signal'])
  checkSignal(query.signal, 'suggest')
  const base = await inferContract(dataset)
  const read = await readAsContract(dataset, base)
  const summary = await profile(read, { ...query, ...COUNTED })
  let proposals = [...aboutColumns(summary, dataset, base), ...aboutKey(summary, dataset)]
  proposals = await Promise.all(proposals.map((one) => withShare(one, read, query)))
  const unsure = await brokenWhenHeldBack(read, summary.rows, base, query)
  proposals = proposals.map((one) => doubted(one, unsure))
  let contract = withRules(base as JsonObject, proposals)
  // What the data itself breaks is no suggestion: asked of the contract as a whole, as it will be.
  const broken = (await evaluate(matchesSchema(dataset, contract as Record<string, unknown>), query)).filter(
    ({ blocking }) => blocking,
  )
  if (broken.length > 0) {
    const names = broken.map(({ subject }) => subject.column)
    proposals = proposals.filter(({ column }) => column !== undefined && !names.includes(column))
    contract = withRules(base as JsonObject, proposals)
  }
  return {
    dataset: dataset.name,
    rows: summary.rows,
    suggestions: proposals.map(({ rules: _, ...suggestion }) => suggestion),
    contract,
    code: tableCode(await readSchema(contract), dataset.name),
  }
}

function aboutColumns(summary: DatasetSummary, dataset: Dataset, base: Contract): Proposal[] {
  const properties = members(base as JsonObject, 'properties')
  return summary.columns.flatMap((column) => {
    // Text that is mostly of another type is no text to make patterns of.
    const { description } = members(properties, column.name)
    return column.type === 'string' && description !== undefined ? [] : aboutColumn(column, summary, dataset)
  })
}

/**
 * What the first four fifths of the rows suggest, held to the rest: how many of the values there break it, by column.
 * Nothing for few rows, and where the source has no order.
 */
async function brokenWhenHeldBack(
  dataset: Dataset,
  rows: number,
  base: Contract,
  options: QueryOptions,
): Promise<ReadonlyMap<string, string>> {
  const relation = await relationOf(dataset)
  if (rows < LEAST_HELD_BACK || !relation.numbered) return new Map()
  const cut = Math.floor(rows * 0.8)
  const part = (where: Sql): Dataset => {
    const table = sql`(select * from ${relation.numbered as Sql} where ${where}) as t`
    return derived(dataset, { relation: () => Promise.resolve({ ...relation, from: table, numbered: table }) })
  }
  const [first, rest] = [part(sql`${id(ROW_NUMBER)} <= ${cut}`), part(sql`${id(ROW_NUMBER)} > ${cut}`)]
  const summary = await profile(first, { ...options, ...COUNTED })
  const proposals = await Promise.all(aboutColumns(summary, dataset, base).map((one) => withShare(one, first, options)))
  const contract = withRules(base as JsonObject, proposals)
  const results = await evaluate(matchesSchema(rest, contract as Record<string, unknown>), options)
  const proposed = new Set(proposals.map(({ column }) => column))
  return new Map(
    results.flatMap(({ subject: { column = '' }, status, counts }) =>
      status === 'fail' && proposed.has(column)
        ? [[column, `${numberText(counts?.failed ?? 0)} of ${numberText(counts?.tested ?? 0)}`] as const]
        : [],
    ),
  )
}

/** Rows below which none are held back. */
const LEAST_HELD_BACK = 300

function doubted(proposal: Proposal, unsure: ReadonlyMap<string, string>): Proposal {
  const broken = proposal.column === undefined ? undefined : unsure.get(proposal.column)
  if (broken === undefined) return proposal
  const because = `what the first four fifths of the rows suggest, ${broken} values of the last fifth break`
  return { ...proposal, confidence: 'low', because }
}

function aboutColumn(column: ColumnProfile, { rows, keys }: DatasetSummary, dataset: Dataset): Proposal[] {
  const tested = rows - column.missing
  if (dataset.pii.includes(column.name) || tested < LEAST_VALUES) return []
  const isKey = keys?.some((key) => key.length === 1 && key[0] === column.name) ?? false
  const proposed = column.type === 'string' ? aboutText(column, tested) : aboutNumbers(column, isKey)
  return proposed.map((one) => ({ column: column.name, ...one, ...certainty(tested) }))
}

type Part = Pick<Proposal, 'constraint' | 'evidence' | 'rules'>

function aboutText(
  { distinct = 0, top, lengths, empty = 0, patterns, patternCount }: ColumnProfile,
  tested: number,
): Part[] {
  const values = (top ?? []).map(({ value }) => value)
  if (
    distinct > 0 &&
    distinct <= MOST_VALUES &&
    tested >= distinct * LEAST_SEEN &&
    values.every((one) => one.length <= 100)
  ) {
    const rarest = Math.min(...(top ?? []).map(({ count }) => count))
    // A set in which some values are seen a few times only is not known whole.
    if (rarest >= RAREST) {
      const listed = [...values].sort()
      return [
        {
          constraint: `one of ${shown(listed)}`,
          evidence: `${numberText(distinct)} different values, the rarest in ${numberText(rarest)} rows`,
          rules: { enum: listed },
        },
      ]
    }
  }
  const shapes = patterns ?? []
  const pattern = shapes.length === patternCount ? patternOfShapes(shapes.map((shape) => shape.pattern)) : undefined
  if (pattern !== undefined && distinct >= LEAST_SEEN) {
    const built = shapes.map((shape) => shape.pattern).join(' or ')
    return [{ constraint: `matches ${pattern}`, evidence: `every text is built like ${built}`, rules: { pattern } }]
  }
  if (!lengths) return []
  const most = outward(lengths.max * 2, 1)
  const least = empty === 0 ? { minLength: 1 } : {}
  return [
    {
      constraint: `${empty === 0 ? '1' : '0'} to ${numberText(most)} characters`,
      evidence: `lengths from ${numberText(lengths.min)} to ${numberText(lengths.max)}, ${numberText(Math.round(lengths.mean))} on average`,
      rules: { ...least, maxLength: most },
    },
  ]
}

/** Ranges that things have by nature, with the names that say so. */
const natural: readonly (readonly [low: number, high: number, names?: RegExp])[] = [
  [1, 12, /month/i],
  [1, 31, /(^|[_\W])day(s)?([_\W]|$)|day_?of_?month|dayOfMonth/i],
  [0, 23, /hour/i],
  [0, 59, /minute|second/i],
  [0, 6],
  [1, 7],
  [1, 53],
  [0, 100, /percent|pct/i],
  [-180, 180, /(^|[_\W])(lon|lng|longitude)([_\W]|$)|longitude/i],
  [-90, 90, /(^|[_\W])(lat|latitude)([_\W]|$)|latitude/i],
]

/** The range that a column's name says it has, where its values fit; else one that its values fill, each of them seen. */
function naturalRange(
  name: string,
  { low, high, full }: { readonly low: number; readonly high: number; readonly full: boolean },
): readonly [number, number] | undefined {
  const range =
    natural.find(([from, to, names]) => names?.test(name) && low >= from && high <= to) ??
    natural.find(([from, to]) => full && low === from && high === to)
  return range && [range[0], range[1]]
}

function aboutNumbers({ name, type, min, max, quantiles, distinct = 0 }: ColumnProfile, isKey: boolean): Part[] {
  const [low, high] = [Number(min), Number(max)]
  const numeric = ['integer', 'number', 'decimal'].includes(type)
  if (!numeric || min === undefined || max === undefined || !quantiles || !Number.isSafeInteger(Math.trunc(low + high)))
    return []
  const [p5, middle, p95] = [Number(quantiles.p5), Number(quantiles.p50), Number(quantiles.p95)]
  const seen = `values from ${numberText(low)} to ${numberText(high)}, half of them up to ${numberText(middle)}`
  const natural = naturalRange(name, { low, high, full: type === 'integer' && distinct === high - low + 1 })
  if (natural && !isKey) {
    const [minimum, maximum] = natural
    return [
      {
        constraint: `between ${numberText(minimum)} and ${numberText(maximum)}`,
        evidence: seen,
        rules: { minimum, maximum },
      },
    ]
  }
  // Numbers that only count rows grow without limit.
  if (isKey || distinct < 2) return low >= 0 ? [{ constraint: 'minimum 0', evidence: seen, rules: { minimum: 0 } }] : []
  const spread = p95 - p5
  const far = (distance: number): boolean => spread > 0 && distance > 5 * spread
  const [lowest, highest] = [far(p5 - low) ? p5 - 3 * spread : low, far(high - p95) ? p95 + 3 * spread : high]
  const minimum = low >= 0 ? 0 : -outward(-(lowest - (middle - lowest) / 2), 2)
  const maximum = high <= 0 ? 0 : outward(highest + (highest - middle) / 2, 2)
  const outliers = minimum > low || maximum < high
  return [
    {
      constraint: `between ${exactText(minimum)} and ${exactText(maximum)}`,
      evidence: `${seen}${outliers ? `, 90 % from ${numberText(p5)} to ${numberText(p95)}` : ''}`,
      rules: { minimum, maximum, ...(outliers ? { 'x-assay': { mostly: 1 } } : {}) },
    },
  ]
}

/** The next number away from zero with so many digits. */
function outward(value: number, digits: number): number {
  if (value === 0) return 0
  const step = 10 ** (Math.floor(Math.log10(Math.abs(value))) - digits + 1)
  return Number((Math.ceil(value / step) * step).toPrecision(12))
}

/** With none of n values against it, a share of at most 3/n breaks a constraint, with 95 % confidence. */
function certainty(tested: number): Pick<Suggestion, 'confidence' | 'because'> {
  const confidence = tested >= 3000 ? 'high' : tested >= 300 ? 'medium' : 'low'
  return {
    confidence,
    because: `none of ${numberText(tested)} values breaks it, so fewer than 1 in ${numberText(Math.max(1, Math.floor(tested / 3)))} should`,
  }
}

/** Limits that leave outliers out hold for a share of the rows: twice as many as now may lie beyond. */
async function withShare(proposal: Proposal, dataset: Dataset, options: QueryOptions): Promise<Proposal> {
  const { column, rules } = proposal
  if (column === undefined || members(rules, 'x-assay').mostly === undefined) return proposal
  const { minimum: min, maximum: max } = rules as { minimum: number; maximum: number }
  const [result] = await evaluate(valuesBetween(dataset.column(column), { min, max }), options)
  const { tested, failed } = result?.counts ?? { tested: 0, failed: 0 }
  const mostly = 1 - Math.max(0.001, Math.ceil((2000 * failed) / Math.max(1, tested)) / 1000)
  const share = Number(mostly.toFixed(3))
  return {
    ...proposal,
    constraint: `${proposal.constraint}, in at least ${exactShare(share)} of the rows`,
    rules: { ...rules, 'x-assay': { mostly: share } },
    because: `${numberText(failed)} of ${numberText(tested)} values lie beyond, and twice as many may`,
    confidence: proposal.confidence === 'high' ? 'medium' : 'low',
  }
}

/** What people and things are called, and amounts, tell rows apart by accident only. */
const accidental =
  /name|title|label|description|comment|note|mail|address|url|amount|price|cost|total|sum|weight|height|width|length|size|score|value|rate|ratio|percent|temp|lat|lon/i
const named = /(^|[_-])(id|key|uuid|guid|code|no|number)$|Id$/i

function aboutKey({ rows, keys = [], columns }: DatasetSummary, dataset: Dataset): Proposal[] {
  if (dataset.key.length > 0 || rows < LEAST_VALUES) return []
  const type = (name: string) => columns.find((column) => column.name === name)?.type
  const able = keys.filter((key) =>
    key.every(
      (name) => ['integer', 'string'].includes(type(name) ?? '') && (named.test(name) || !accidental.test(name)),
    ),
  )
  const key = able.find((one) => one.some((name) => named.test(name)))
  if (!key) return []
  return [
    {
      constraint: `key ${key.join(', ')}`,
      evidence: `${numberText(rows)} rows, every one with ${key.length > 1 ? 'another combination' : 'another value'}`,
      rules: { key: [...key] },
      confidence: key.length > 1 ? 'low' : rows >= 300 ? 'high' : 'medium',
      because: key.length > 1 ? 'it may be an accident of these rows' : 'its name says that it tells rows apart',
    },
  ]
}

function withRules(base: JsonObject, proposals: readonly Proposal[]): JsonObject {
  const properties = members(base, 'properties')
  // What is little sure is a note: a constraint of it would fail by accident.
  const sure = proposals.filter(({ confidence }) => confidence !== 'low')
  const more = new Map(sure.map(({ column, rules }) => [column, rules]))
  const key = more.get(undefined)
  return {
    ...base,
    properties: objectOf(
      Object.keys(properties).map((name): [string, Json] => {
        const property = own(properties, name) as JsonObject
        const { 'x-assay': assay, ...rules } = more.get(name) ?? {}
        const both = { ...members(property, 'x-assay'), ...(assay as JsonObject | undefined) }
        return [name, { ...property, ...rules, ...(Object.keys(both).length > 0 ? { 'x-assay': both } : {}) }]
      }),
    ),
    ...(key ? { 'x-assay': { ...members(base, 'x-assay'), ...key } } : {}),
  }
}
