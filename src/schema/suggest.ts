import { exactShare, exactText, numberText } from '../words/text/numbers.ts'
import { evaluate } from '../checks/evaluate.ts'
import { profile } from '../checks/profile.ts'
import { checkedDataset, checkSignal } from '../checks/receiver.ts'
import { valuesBetween } from '../checks/valuesBetween.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { QueryOptions } from '../engine/engine.ts'
import { ownOptions } from '../options.ts'
import type { ColumnProfile, DatasetSummary } from '../results/runDocument.ts'
import type { Contract } from './contract.ts'
import { inferContract } from './inferContract.ts'
import { type Json, type JsonObject, members, objectOf, own, shown } from './json.ts'
import { matchesSchema } from './matchesSchema.ts'
import { patternOfShapes } from './patternOfShapes.ts'
import { tableCode } from './tableCode.ts'

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

/** Suggestions for a dataset, and the contract that they make together with what `inferContract` reads off the data. */
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
/** A value seen that often, on average, is no accident. */
const LEAST_SEEN = 10
const RAREST = 5
/** Values below which nothing is proposed. */
export const LEAST_VALUES = 20

/**
 * Proposes constraints that next month's data is likely to hold: limits with head room, sets of values, patterns,
 * lengths, a key; each with its evidence. They hold for this data; whether they should hold is yours to say. The same
 * data gives the same suggestions. Nothing is proposed about the values of columns tagged `pii`. Throws AssayError for a
 * dataset without rows.
 */
export async function suggest(dataset: Dataset, asked?: QueryOptions): Promise<Suggestions> {
  checkedDataset(dataset, 'suggest')
  const options = ownOptions('suggest', asked, ['signal'])
  checkSignal(options.signal, 'suggest')
  const [base, found] = await Promise.all([
    inferContract(dataset),
    profile(dataset, { ...options, top: MOST_VALUES + 1 }),
  ])
  let proposals = [
    ...found.columns.flatMap((column) => aboutColumn(column, found, dataset)),
    ...aboutKey(found, dataset),
  ]
  proposals = await Promise.all(proposals.map((one) => withShare(one, dataset, options)))
  let contract = withRules(base as JsonObject, proposals)
  // What the data itself breaks is no suggestion: asked of the contract as a whole, as it will be.
  const broken = (await evaluate(matchesSchema(dataset, contract as Record<string, unknown>), options)).filter(
    ({ blocking }) => blocking,
  )
  if (broken.length > 0) {
    const names = broken.map(({ subject }) => subject.column)
    proposals = proposals.filter(({ column }) => column !== undefined && !names.includes(column))
    contract = withRules(base as JsonObject, proposals)
  }
  return {
    dataset: dataset.name,
    rows: found.rows,
    suggestions: proposals.map(({ rules: _, ...suggestion }) => suggestion),
    contract,
    code: tableCode(contract, dataset.name),
  }
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

function aboutNumbers({ type, min, max, quantiles, distinct = 0 }: ColumnProfile, isKey: boolean): Part[] {
  const [low, high] = [Number(min), Number(max)]
  const numeric = ['integer', 'number', 'decimal'].includes(type)
  if (!numeric || min === undefined || max === undefined || !quantiles || !Number.isSafeInteger(Math.trunc(low + high)))
    return []
  const [p5, middle, p95] = [Number(quantiles.p5), Number(quantiles.p50), Number(quantiles.p95)]
  const seen = `values from ${numberText(low)} to ${numberText(high)}, half of them up to ${numberText(middle)}`
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

const named = /(^|[_-])(id|key|uuid|guid|code|no|number)$|Id$/i

function aboutKey({ rows, keys = [], columns }: DatasetSummary, dataset: Dataset): Proposal[] {
  if (dataset.key.length > 0 || rows < LEAST_VALUES) return []
  const type = (name: string) => columns.find((column) => column.name === name)?.type
  const able = keys.filter((key) => key.every((name) => ['integer', 'string'].includes(type(name) ?? '')))
  const key = able.find((one) => one.some((name) => named.test(name))) ?? able[0]
  if (!key) return []
  const called = key.some((name) => named.test(name))
  return [
    {
      constraint: `key ${key.join(', ')}`,
      evidence: `${numberText(rows)} rows, every one with ${key.length > 1 ? 'another combination' : 'another value'}`,
      rules: { key: [...key] },
      confidence: key.length > 1 || !called ? 'low' : rows >= 300 ? 'high' : 'medium',
      because: called ? 'its name says that it tells rows apart' : 'it may be an accident of these rows',
    },
  ]
}

function withRules(base: JsonObject, proposals: readonly Proposal[]): JsonObject {
  const properties = members(base, 'properties')
  const more = new Map(proposals.map(({ column, rules }) => [column, rules]))
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
