import { derivationOf, readingKey } from '../engine/derivation.ts'
import { narrowed } from '../engine/narrowing.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, join, raw, type Sql, sql } from '../sql/sql.ts'
import { type Aggregate, aggregateKey, aggregateSql } from './aggregate.ts'
import { type AggregateStep, aggregates, type GroupedRows, rowsByKeys, type Wanted } from './aggregateStep.ts'
import type { MetricRequest } from './metricRequest.ts'
import type { FewValues } from './fewValues.ts'
import { type IntegerExtents, markedCombinations } from './integerExtents.ts'
import {
  type FrequencyMetric,
  type MetricContext,
  type QueryMetric,
  type ScanMetric,
  type TextsMetric,
} from './metric.ts'
import { isListable, keepsRepeated, keyOf, listed, type ListedCell, repeatedCounts } from './repeatedKeys.ts'
import { countedScan, type ScanCell } from './countedScan.ts'
import type { FrontValues } from './frontValues.ts'
import { type PresentCounts, presentCount } from './presentCounts.ts'
import { type SharedTable, sharedTable } from './sharedTable.ts'
import { type TextsStep, textsStep } from './textsStep.ts'
import { valueTable } from './valueTable.ts'
import { isWeighable, weighedSql } from './weighed.ts'

export interface QueryStep {
  readonly kind: 'query'
  readonly query: Sql
  readonly request: MetricRequest<QueryMetric>
}

export type MetricStep = AggregateStep | QueryStep | TextsStep

/** What a step computes. */
export function requestsOf(step: MetricStep): readonly MetricRequest[] {
  if (step.kind === 'query') return [step.request]
  return step.kind === 'texts' ? step.requests : step.parts.map(({ request }) => request)
}

/** Cells of one query over a cheap source: wider rows lose more in cache than a further scan costs (measured). */
const NARROW = 40
/** Cells of one query over a dear source, where each scan reads the whole file again. */
const WIDE = 1000
/** Names that cost as much to look through as a cell costs to compute, or more. */
const NAMES_A_CELL = 10

interface PlanOptions {
  /** What needs its GROUP BY: that there are fewer combinations than rows is known. */
  readonly uncombined?: ReadonlySet<MetricRequest>
  /** Columns that are judged once for each value. */
  readonly few?: FewValues
  /** How far integers reach, whose combinations are then marked. */
  readonly extents?: IntegerExtents
  /** Texts of few, whose rows are counted. */
  readonly front?: FrontValues
  /** How many values columns have, whose source says so. */
  readonly present?: PresentCounts
}

/**
 * The queries that compute metrics of relations made of one base: scans are fused, one GROUP BY serves all frequency
 * metrics of a column set, and slices share both. Equal cells are computed once per query. `refused` hears of metrics
 * that cannot be written as SQL; they are in no step. Where a scan reads a whole file again, it counts combinations
 * first, which is all there is to say of a key that holds, and so it does where they are integers that can be marked; what is
 * `uncombined` needs its GROUP BY.
 */
export function plan(
  asks: readonly MetricRequest[],
  refused: (request: MetricRequest, error: unknown) => void,
  {
    uncombined = new Set(),
    few = new Map(),
    extents = new Map(),
    front = new Map(),
    present = new Map(),
  }: PlanOptions = {},
): readonly MetricStep[] {
  const scans: Wanted[] = []
  const frequencies: Wanted<FrequencyMetric>[] = []
  const marked: Wanted<FrequencyMetric>[] = []
  const texts: { readonly request: MetricRequest<TextsMetric> }[] = []
  const queries: QueryStep[] = []
  for (const request of asks) {
    const { metric, relation } = request
    const context: MetricContext = { dialect: relation.engine.dialect, columns: relation.columns }
    try {
      if (metric.pass === 'scan')
        scans.push({ request: request as MetricRequest<ScanMetric>, cells: metric.cells(context) })
      if (metric.pass === 'frequency') {
        const own = request as MetricRequest<FrequencyMetric>
        const counted = metric.ofCombinations && !uncombined.has(request)
        const marks = counted && request.by === undefined ? marksOf(metric, relation, extents) : undefined
        if (counted && relation.scanCost === 'high')
          scans.push({ request: own, cells: combinations(metric, relation), combined: true })
        else if (marks) marked.push({ request: own, cells: marks, combined: true })
        else frequencies.push({ request: own, cells: metric.cells(raw('n')) })
      }
      if (metric.pass === 'texts') texts.push({ request: request as MetricRequest<TextsMetric> })
      if (metric.pass === 'query') queries.push(ownQuery(request as MetricRequest<QueryMetric>, context))
    } catch (error) {
      refused(request, error)
    }
  }
  const isByValue = (wanted: Wanted) => byValue(wanted, few)
  return [
    ...readAlike(scans.filter((wanted) => !isByValue(wanted)))
      .flatMap(together)
      .flatMap((list) => chosenByValues(list, few))
      .flatMap(({ list, table }) =>
        packed(list).map((some) => (table ? aggregates(some, table) : scan(some, front, present))),
      ),
    ...grouped(scans.filter(isByValue), ({ request: { metric } }) => metric.columns[0]).map(values),
    // One after another: each thread holds the marks of a query.
    ...grouped(marked, ({ request: { relation } }) => relation)
      .flatMap((list) => grouped(list, ({ request: { metric } }) => JSON.stringify(metric.columns)))
      .map((list) => scan(list, front, present)),
    ...readAlike(frequencies)
      .flatMap((list) => grouped(list, ({ request }) => JSON.stringify([request.by ?? null, request.metric.columns])))
      .map(frequency),
    ...readAlike(texts)
      .flatMap((list) => grouped(list, ({ request }) => JSON.stringify([request.by ?? null, request.metric.columns])))
      .map((list) =>
        textsStep(
          list.map(({ request }) => request),
          tableOf(list),
        ),
      ),
    ...queries,
  ]
}

function ownQuery(request: MetricRequest<QueryMetric>, context: MetricContext): QueryStep {
  const { metric, relation, by } = request
  const { from, numbered } = narrowed(relation, by === undefined ? metric.columns : [...metric.columns, by])
  const table = metric.numbered ? (numbered ?? from) : from
  if (by === undefined) return { kind: 'query', query: metric.query(context, table), request }
  const { from: marked, keys } = sharedTable([{ ...relation, from: table }], by)
  const [key] = keys as [Sql]
  if (!metric.byKey) throw new AssayError('wrong-use', `${metric.name} is not computed by segment`)
  return { kind: 'query', query: metric.byKey(context, marked, key), request }
}

/** By relations whose rows one table can hold. */
function readAlike<W extends { readonly request: MetricRequest }>(list: readonly W[]): readonly (readonly W[])[] {
  const bases = grouped(list, ({ request: { relation } }) => derivationOf(relation).base)
  return bases.flatMap((all) => {
    const one = new Set(all.map(({ request: { relation } }) => relation)).size === 1
    return one ? [all] : grouped(all, ({ request: { relation } }) => readingKey(relation))
  })
}

const isMergeable = ({ request: { metric } }: Wanted): boolean => metric.pass === 'scan' && metric.merge !== undefined

/**
 * By queries: segments of two columns would make a group of each combination. Where a scan reads a whole file again, the
 * first of them takes along what is not asked by segment, as far as parts say what the whole is.
 */
function together(list: readonly Wanted[]): readonly (readonly Wanted[])[] {
  const [held, rest] = parted(list, ({ cells }) => cells.some(({ fn }) => fn === 'quantile'))
  const [plain, segmented] = parted(rest, ({ request }) => request.by === undefined)
  const [first = [], ...others] = grouped(segmented, ({ request }) => request.by)
  const isDear = first[0]?.request.relation.scanCost === 'high'
  const [along, apart] = parted(plain, (wanted) => isDear && isMergeable(wanted))
  return [
    [...first, ...along],
    ...others,
    apart,
    // The engine holds all values of a column meanwhile: of one at a time.
    ...grouped(held, ({ request: { metric, by } }) => JSON.stringify([by ?? null, metric.columns])),
  ].filter(({ length }) => length > 0)
}

/** What parts say of a whole, of relations that values choose, is computed by those values. */
function chosenByValues(
  list: readonly Wanted[],
  few: FewValues,
): readonly { readonly list: readonly Wanted[]; readonly table?: GroupedRows }[] {
  if (list.some(({ request }) => request.by !== undefined)) return [{ list }]
  const [merged, alone] = parted(list, isMergeable)
  const table = valueTable(relationsOf(merged), few)
  return table ? [{ list: merged, table }, { list: alone }] : [{ list }]
}

function parted<T>(list: readonly T[], test: (item: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [list.filter(test), list.filter((item) => !test(item))]
}

function grouped<T>(list: readonly T[], keyOf: (item: T) => unknown): readonly (readonly T[])[] {
  const groups = new Map<unknown, T[]>()
  for (const item of list) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group) group.push(item)
    else groups.set(key, [item])
  }
  return [...groups.values()]
}

/** Of a cheap source with many columns each query looks through all of their names. */
function widthOf(relation: Relation | undefined): number {
  if (relation?.scanCost === 'high') return WIDE
  return Math.min(WIDE, Math.max(NARROW, Math.floor((relation?.columns.length ?? 0) / NAMES_A_CELL)))
}

/** Metrics of the same columns stay together, so that a query reads few columns. */
function packed(scans: readonly Wanted[]): (readonly Wanted[])[] {
  const width = widthOf(scans[0]?.request.relation)
  const firstColumn = ({ request: { metric } }: Wanted): string => metric.columns[0] ?? ''
  const byColumn = [...scans].sort((a, b) => compare(firstColumn(a), firstColumn(b)))
  const batches: Wanted[][] = []
  let cells = new Set<string>()
  for (const wanted of byColumn) {
    const keys = wanted.cells.map(aggregateKey)
    if (batches.length === 0 || cells.size + keys.filter((key) => !cells.has(key)).length > width) {
      batches.push([])
      cells = new Set()
    }
    batches.at(-1)?.push(wanted)
    for (const key of keys) cells.add(key)
  }
  return batches
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const relationsOf = (wanted: readonly { readonly request: MetricRequest }[]): readonly Relation[] => [
  ...new Set(wanted.map(({ request: { relation } }) => relation)),
]

function scan(wanted: readonly Wanted[], front: FrontValues, present: PresentCounts): AggregateStep {
  const table = tableOf(wanted)
  const step = aggregates(wanted, rowsByKeys(table))
  const [relation, ...others] = relationsOf(wanted) as [Relation]
  if (others.length > 0 || table.segment) return step
  const listable = new Map(
    wanted.flatMap(({ request: { metric }, cells, combined }) =>
      combined && isListable(relation, metric.columns)
        ? [[aggregateKey(cells[0] as Aggregate), metric.columns[0] as string]]
        : [],
    ),
  )
  const own = new Map(
    wanted.flatMap(({ request: { metric }, cells }) =>
      cells.map((cell): [string, ScanCell] => [
        aggregateKey(cell),
        { cell, column: metric.columns.length === 1 ? metric.columns[0] : undefined },
      ]),
    ),
  )
  const scannedColumns = new Set([...own.values()].map(({ column }) => column))
  const texts = new Map([...(front.get(relation) ?? [])].filter(([name]) => scannedColumns.has(name)))
  if (listable.size === 0 && texts.size === 0 && !present.has(relation)) return step
  const { engine } = relation
  const counted = texts.size > 0 ? countedScan(engine, [...own.values()], table.from, texts) : undefined
  const cells =
    counted?.cells ??
    [...own.values()].map((one) => presentCount(one, relation, present) ?? aggregateSql(one.cell, engine.dialect))
  const keys = [...own.keys()]
  const all = cells.map((cell, i): ListedCell => {
    const distinct = listable.get(keys[i] ?? '')
    return distinct === undefined ? cell : { distinct }
  })
  const from = counted?.from ?? table.from
  return {
    ...step,
    async ask(options) {
      const [row = []] =
        listable.size > 0
          ? await listed(relation, all, from, options)
          : await engine.query(sql`select ${join(cells)} from ${from}`, options)
      return [counted ? await counted.finish(row, options) : row]
    },
  }
}

/** The rows of what is asked, of a relation alone with the columns that it is asked for. */
function tableOf(wanted: readonly { readonly request: MetricRequest }[]): SharedTable {
  const relations = relationsOf(wanted)
  const by = wanted.find(({ request }) => request.by !== undefined)?.request.by
  const [only, ...others] = relations as [Relation]
  if (others.length > 0) return sharedTable(relations, by)
  const names = wanted.flatMap(({ request: { metric } }) => metric.columns)
  return sharedTable([narrowed(only, by === undefined ? names : [...names, by])], by)
}

/** Whether it is worth judging the values of its column, once each: only conditions cost more than counting does. */
function byValue({ request: { metric, relation, by }, cells }: Wanted, few: FewValues): boolean {
  const [column = ''] = metric.columns
  return (
    by === undefined &&
    metric.pass === 'scan' &&
    metric.columns.length === 1 &&
    few.get(relation)?.has(column) === true &&
    cells.every(isWeighable) &&
    cells.some(({ fn }) => fn === 'rowsWhere')
  )
}

/** Metrics of one column by its values, each with how many rows have it. */
function values(wanted: readonly Wanted[]): AggregateStep {
  const [{ request }] = wanted as [Wanted]
  const [name = ''] = request.metric.columns
  const n = id('__assay_rows')
  const from = sql`(select ${id(name)}, count(*) as ${n} from ${narrowed(request.relation, [name]).from} group by ${id(name)}) as g`
  const table = rowsByKeys({ from, keys: [], holds: () => true })
  return aggregates(wanted, table, (cell, dialect) => weighedSql(cell, n, dialect))
}

/** How many combinations of the columns there are, and in how many rows. */
function combinations({ columns: names }: FrequencyMetric, relation: Relation): readonly Aggregate[] {
  const { present, values } = keyOf(names, relation)
  return [
    { fn: 'combinations', of: values, where: present },
    { fn: 'rowsWhere', of: present },
  ]
}

/** The same of integers, where they are marked. */
function marksOf(
  { columns: names }: FrequencyMetric,
  relation: Relation,
  extents: IntegerExtents,
): readonly Aggregate[] | undefined {
  const marks = markedCombinations(names, relation, extents)
  return marks && [marks, { fn: 'rowsWhere', of: keyOf(names, relation).present }]
}

function frequency(wanted: readonly Wanted<FrequencyMetric>[]): AggregateStep {
  const shared = tableOf(wanted)
  const [{ request }] = wanted as [Wanted<FrequencyMetric>]
  const { present, values } = keyOf(request.metric.columns, request.relation)
  const names = shared.keys.map((_, i) => raw(`k${i}`))
  const keys = shared.keys.map((key, i) => sql`, ${key} as ${names[i] as Sql}`)
  const groups = join([...values, ...shared.keys])
  const from = sql`(select count(*) as n${join(keys, '')} from ${shared.from} where ${present} group by ${groups}) as g`
  const step = aggregates(wanted, rowsByKeys({ ...shared, from, keys: names }))
  const { metric, relation, by } = request
  if (by !== undefined || wanted.length > 1 || !metric.ofRepeated || !keepsRepeated(relation)) return step
  return { ...step, ask: async (options) => [await repeatedCounts(relation, metric.columns, options)] }
}
