import type { Check, CheckGroup, RunContext } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { withoutLiterals } from '../dataset/personal.ts'
import { anyPersonal } from '../dataset/sliceWords.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import type { Metric } from '../metrics/metric.ts'
import type { MetricRequest } from '../metrics/metricRequest.ts'
import { plan, requestsOf } from '../metrics/plan.ts'
import { written } from '../sql/render.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { runInstant } from '../results/clock.ts'
import { relationOf } from '../dataset/opened.ts'

/** One query of a plan. */
export interface PlannedQuery {
  /** How its numbers are computed: in a shared scan, from counts of values, or by a query of their own. */
  readonly pass: Metric['pass']
  readonly metrics: readonly string[]
  readonly columns: readonly string[]
  readonly sql: string
  /** What the engine says after running it, when that was asked. */
  readonly analyzed?: string
}

/** How a dataset would be judged. */
export interface CheckPlan {
  readonly name: string
  readonly source: string
  readonly engine: string
  readonly checks: number
  readonly queries: readonly PlannedQuery[]
  /** Checks that are judged on each row in this process, and the columns they read. */
  readonly rowWise: readonly {
    readonly title: string
    readonly expected: string
    readonly columns: readonly string[]
  }[]
  /** Checks that could not be planned, and why. */
  readonly errors: readonly { readonly title: string; readonly message: string }[]
}

/** The plan of a check. Looks at columns and types; judges no data. */
export async function planOf(
  dataset: Dataset,
  group: CheckGroup,
  { analyze, signal }: { readonly analyze: boolean; readonly signal: AbortSignal },
): Promise<CheckPlan> {
  const relation = await relationOf(dataset)
  const checks = (await members(group, signal)).map((check) => discreetCheck(check, dataset.pii))
  const literals = (text: string): string => (dataset.pii.length > 0 ? withoutLiterals(text) : text)
  const metrics = new Map<Relation, Map<string, Metric>>()
  const rowWise: CheckPlan['rowWise'][number][] = []
  const errors: CheckPlan['errors'][number][] = []
  for (const check of checks) {
    const title = `${[check.subject.name, check.subject.column].filter(Boolean).join('.')}: ${check.title}`
    if (check.type !== 'measured') {
      const columns =
        check.subject.column === undefined ? relation.columns.map(({ name }) => name) : [check.subject.column]
      rowWise.push({ title, expected: check.expected, columns })
      continue
    }
    try {
      const seen = await relationOf(check.inputs[0])
      const wanted = metrics.get(seen) ?? new Map<string, Metric>()
      metrics.set(seen, wanted)
      await check.vet?.(seen, { signal })
      const needed = check.metrics({ dialect: seen.engine.dialect, columns: seen.columns })
      for (const metric of Object.values(needed)) wanted.set(metric.key, metric)
    } catch (error) {
      if (!(error instanceof AssayError)) throw error
      errors.push({ title, message: error.message })
    }
  }
  const queries: PlannedQuery[] = []
  const asks = [...metrics].flatMap(([seen, wanted]) =>
    [...wanted.values()].map((metric) => ({ metric, relation: seen })),
  )
  const steps = plan(asks, ({ metric }, error) => {
    if (!(error instanceof AssayError)) throw error
    errors.push({ title: named(metric), message: error.message })
  })
  for (const step of steps) {
    const used = requestsOf(step)
    const [{ relation: seen }] = used as [MetricRequest]
    queries.push({
      pass: used[0]?.metric.pass ?? 'query',
      metrics: used.map(({ metric }) => named(metric)),
      columns: [...new Set(used.flatMap(({ metric }) => metric.columns))],
      sql: literals(written(step.query, seen.engine.dialect)),
      ...(analyze ? { analyzed: literals(await analyzed(step.query, seen, signal)) } : {}),
    })
  }
  return {
    name: dataset.name,
    source: dataset.source,
    engine: relation.engine.version,
    checks: checks.length,
    queries,
    rowWise,
    errors,
  }
}

const named = ({ name, columns }: Metric): string => (columns.length > 0 ? `${name}(${columns.join(', ')})` : name)

/** The check with the words that may be told where columns are personal. */
function discreetCheck(check: Member, personal: readonly string[]): Member {
  return (check.discreet ?? [])
    .filter(({ columns }) => personal.length > 0 && (columns === 'any' || anyPersonal(columns, personal)))
    .reduce((told: Member, { title = told.title, expected = told.expected }) => ({ ...told, title, expected }), check)
}

type Member = Exclude<Check, CheckGroup>

async function members(check: Check, signal: AbortSignal): Promise<Member[]> {
  if (check.type !== 'group') return [check]
  const unplanned = () =>
    Promise.reject(new AssayError('wrong-use', `the checks of ${check.kind} depend on the data, so they have no plan`))
  const context: RunContext = {
    signal,
    now: runInstant(),
    history: [],
    past: () => [],
    keepsHistory: false,
    relation: (dataset) => relationOf(dataset),
    measure: unplanned,
    segments: unplanned,
  }
  const all: Member[] = []
  for (const member of await check.expand(context)) all.push(...(await members(member, signal)))
  return all
}

async function analyzed(query: Sql, { engine }: Relation, signal: AbortSignal): Promise<string> {
  const rows = await engine.query(sql`explain analyze ${query}`, { signal })
  return rows.map((row) => String(row.at(-1))).join('\n')
}
