import type { OnInconclusive } from '../checks/undecided.ts'
import { valueText } from '../checks/receiver.ts'
import { checkVerdictOptions } from '../checks/verdictOptions.ts'
import { AssayError, nearest } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { Severity } from '../results/checkResult.ts'
import { decimal } from '../words/text/numbers.ts'
import { type PeerName, peerMethod, peerNames } from './compat/index.ts'
import { checkChunks, type DriftChunks } from './compat/chunks.ts'
import type { DriftMethod } from './drift.ts'
import { type FindingLimits, usualFindings } from './finding.ts'
import { driftMethods } from './methods/index.ts'
import { checkedRoles, type DriftRoles, namesIn } from './roles.ts'
import { checkWindows, type DriftWindows } from './windows.ts'

/** A setting for all columns, or by column; `'*'` stands for those that are not named. */
export type ByColumn<T> = T | Readonly<Record<string, T>>

/** What a drift check can be told. */
export interface DriftOptions {
  /**
   * The largest effect that is no drift, for all columns or by column (`'*'`: the others); default: that of the method
   * (0.1).
   * @example { limit: { '*': 0.1, country: 0.2 } }
   */
  readonly limit?: ByColumn<number>
  /**
   * Name of the method, for all columns or by column (`'*'`: the others); default: by the columns' type.
   * @example { method: { country: 'cramersV' } }
   */
  readonly method?: ByColumn<string>
  /**
   * Judges as another library does: its numbers and thresholds, by its default method for each column or by its own name
   * for one (`method: 'psi'`). Without bounds: its false alarms are its own. Findings and corrections are left out.
   * @example { compat: 'evidently' }
   */
  readonly compat?: PeerName
  /**
   * With `compat: 'nannyml'`: its thresholds, three standard deviations over the mean of the chunks of the reference, in place
   * of its fixed ones. The current data is one chunk; `windows` cuts it.
   * @example { compat: 'nannyml', chunks: { number: 10 } }
   */
  readonly chunks?: DriftChunks
  /**
   * What else fails beside the effect of the method, which is blind to tails, spread and rare events: limits for the
   * share of missing values, unseen values, spread, odds and many small changes; false for none of one, or of all.
   * @example { findings: { missing: 0.01, spread: false } }
   */
  readonly findings?: Partial<FindingLimits> | false
  /**
   * The columns to compare; default: all shared columns.
   * @example { columns: ['age', 'country'] }
   */
  readonly columns?: readonly string[]
  /**
   * Columns to leave out.
   * @example { except: ['id'] }
   */
  readonly except?: readonly string[]
  /**
   * What columns are for: the label and the prediction of a model are named in their results, times are compared by hour
   * and weekday, ignored columns are left out. The datasets' keys always are, unless `columns` names them.
   * @example { roles: { label: 'churned', time: 'created_at', ignore: ['note'] } }
   */
  readonly roles?: DriftRoles
  /**
   * The largest share of columns that may drift: the dataset is judged by it, and its columns only warn.
   * @example { driftedShare: 0.3 }
   */
  readonly driftedShare?: number
  /**
   * Compares the rows of each value of a column with those of the reference, corrected over all of them.
   * @example { segmentBy: 'country' }
   */
  readonly segmentBy?: string
  /**
   * Compares each window of time of the current data by itself, with the reference or with the window before it, corrected
   * over all of them.
   * @example { windows: { time: 'created_at', every: 'week' } }
   */
  readonly windows?: DriftWindows
  /**
   * The column that says which rows belong together and may be alike, like those of a session: they weigh as much as
   * independent rows would that vary as their clusters do. Without it rows are taken to be independent. The column itself
   * is not compared; a row without a value in it belongs to no other.
   * @example { clusterBy: 'session_id' }
   */
  readonly clusterBy?: string
  /**
   * The columns that say which rows of both sides are the same: each column is then judged by the share of those rows
   * whose values differ (limit 0.01), as features of a model do between training and serving. Numbers that differ by a
   * billionth of themselves are alike. The columns themselves are not compared, nor are rows that one side lacks; an error
   * for a key that occurs twice on a side.
   * @example { joinBy: 'id' }
   */
  readonly joinBy?: string | readonly string[]
  /**
   * Compares all columns together, too: how much better than by chance (AUC − ½, limit 0.07) a classifier tells from which
   * side a row is, learned from up to 5,000 rows of each. It sees what each column by itself does not show, as a
   * correlation that turned round. It is one more result, corrected with those of the columns.
   * @example { multivariate: true }
   */
  readonly multivariate?: boolean | { readonly limit: number }
  /**
   * How sure a verdict is, for all columns or by column (`'*'`: the others): a pass is wrong for at most 1 - confidence
   * of the columns that drifted, and some fail of the call is wrong in at most that share of calls; from 0.5, default 0.95.
   * @example { confidence: 0.99 }
   */
  readonly confidence?: ByColumn<number>
  /**
   * The largest adjusted p that is evidence of drift; default 1 - confidence.
   * @example { alpha: 0.01 }
   */
  readonly alpha?: number
  /**
   * Spreads the level of fails over a year of runs, by the time since the run before: some fail of a year without drift is
   * then as unlikely as one of a single run is otherwise (5 %). Needs the history that stands beside the report: the first
   * run that is known counts as one a month after another. Where no history is kept, a run counts as one of daily runs, and its
   * results say so.
   * @example { acrossRuns: true }
   */
  readonly acrossRuns?: boolean
  /**
   * Whether too little evidence fails the test, is only reported (default), or counts as passed; for all columns or by
   * column (`'*'`: the others).
   * @example { onInconclusive: { '*': 'warn', amount: 'fail' } }
   */
  readonly onInconclusive?: ByColumn<OnInconclusive>
  /**
   * `warn` reports drift without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const known = [
  'limit',
  'method',
  'compat',
  'chunks',
  'findings',
  'columns',
  'except',
  'roles',
  'driftedShare',
  'segmentBy',
  'windows',
  'clusterBy',
  'joinBy',
  'multivariate',
  'confidence',
  'alpha',
  'acrossRuns',
  'onInconclusive',
  'severity',
]
const ASKER = 'noDriftFrom'

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedDriftOptions(driftOptions: DriftOptions | undefined): DriftOptions {
  const options = ownOptions(ASKER, driftOptions, known)
  const { limit, method, compat, columns, except, clusterBy, confidence, alpha, onInconclusive, severity } = options
  if (options.roles !== undefined) checkedRoles(ASKER, options.roles)
  checkFindings(options.findings)
  if (compat !== undefined && !peerNames.includes(compat))
    throw wrong(`got compat: ${JSON.stringify(compat)}`, `it is one of ${peerNames.join(', ')}`)
  for (const [, value] of entries('method', method)) methodNamed(value, compat)
  for (const [of, value, column] of entries('limit', limit)) {
    if (!(typeof value === 'number' && value > 0))
      throw wrong(
        `got limit: ${valueText(value)}${of}`,
        'a limit is a number above 0, since no number of rows shows that there is no effect at all: give e.g. 0.1',
      )
    const named = column === undefined ? method : settingOf(method, column)
    // Of several methods only the column tells which.
    if (typeof named !== 'object' && (named !== undefined || compat === undefined))
      limitWithin(value, of, named === undefined ? undefined : methodNamed(named, compat))
  }
  for (const [name, value] of Object.entries({ columns, except })) {
    if (value !== undefined && !(Array.isArray(value) && value.every((one) => typeof one === 'string')))
      throw wrong(`got ${name}: ${JSON.stringify(value)}`, `${name} is a list of column names`)
  }
  for (const [name, value] of Object.entries({ clusterBy, segmentBy: options.segmentBy })) {
    if (value !== undefined && typeof value !== 'string')
      throw wrong(`got ${name}: ${JSON.stringify(value)}`, `${name} is the name of a column, e.g. "country"`)
  }
  checkChunks(ASKER, options.chunks, compat)
  checkWindows(ASKER, options.windows)
  if (options.windows !== undefined && options.segmentBy !== undefined)
    throw wrong('got windows and segmentBy', 'rows are cut by one of both: leave the other out')
  checkJoin(options)
  checkMultivariate(options)
  checkCuts(options)
  const { driftedShare } = options
  if (driftedShare !== undefined && !(typeof driftedShare === 'number' && driftedShare >= 0 && driftedShare < 1))
    throw wrong(`got driftedShare: ${valueText(driftedShare)}`, 'it is a share from 0 to under 1, e.g. 0.3')
  if (columns?.length === 0) throw wrong('got columns: []', 'name at least one column, or leave the option out')
  for (const [of, value] of entries('confidence', confidence)) {
    // Below a half both verdicts would hold at once; the share of wrong ones is the rest.
    if (typeof value === 'number' && value >= 0.5 && value <= MOST_SURE) continue
    const level = typeof value === 'number' && value > 0 && value < 0.5
    throw wrong(
      `got confidence: ${valueText(value)}${of}`,
      level
        ? `it is how sure a verdict is, not how often it may be wrong: did you mean ${decimal(1 - value, { significant: 6 })}?`
        : `confidence lies between 0.5 and ${MOST_SURE}, e.g. 0.95`,
    )
  }
  if (alpha !== undefined && !(typeof alpha === 'number' && alpha > 0 && alpha <= 0.5))
    throw wrong(`got alpha: ${valueText(alpha)}`, 'alpha lies between 0 and 0.5, e.g. 0.05')
  const { acrossRuns } = options
  if (acrossRuns !== undefined && typeof acrossRuns !== 'boolean')
    throw wrong(`got acrossRuns: ${JSON.stringify(acrossRuns)}`, 'it is true or false')
  if (acrossRuns === true && compat !== undefined)
    throw wrong('got acrossRuns with compat', 'the thresholds of other libraries have no level: leave one out')
  for (const [of, value] of entries('onInconclusive', onInconclusive))
    checkVerdictOptions(ASKER, { onInconclusive: value }, of)
  checkVerdictOptions(ASKER, { severity })
  return options
}

/** Rows that are joined are compared one by one: what compares distributions says nothing of them. */
function checkJoin(options: DriftOptions): void {
  const { joinBy } = options
  if (joinBy === undefined) return
  const names: readonly unknown[] = [joinBy].flat()
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== ''))
    throw wrong(`got joinBy: ${JSON.stringify(joinBy)}`, 'joinBy is the name of a column, or several: "id"')
  for (const name of ['method', 'compat', 'findings', 'clusterBy', 'segmentBy', 'windows', 'roles'] as const)
    if (options[name] !== undefined)
      throw wrong(`got joinBy and ${name}`, 'joined rows are compared one by one: leave one of both out')
}

/** What rows are cut or grouped by is not compared: it cannot be what a verdict is wanted of. */
function checkCuts({ roles, clusterBy, segmentBy, windows }: DriftOptions): void {
  for (const role of ['label', 'prediction'] as const)
    for (const [name, column] of Object.entries({ clusterBy, segmentBy, windows: windows?.time }))
      if (column !== undefined && roles?.[role] === column)
        throw wrong(
          `got column ${JSON.stringify(column)} as ${role} and in ${name}`,
          'what rows are grouped by is not compared: leave one of both out',
        )
}

function checkMultivariate(options: DriftOptions): void {
  const { multivariate } = options
  if (multivariate === undefined || multivariate === false) return
  const limit = multivariate === true ? 0.07 : ownOptions(`${ASKER} multivariate`, multivariate, ['limit']).limit
  if (!(typeof limit === 'number' && limit > 0 && limit < 0.5))
    throw wrong(
      `got multivariate: ${JSON.stringify(multivariate)}`,
      'it is true, or { limit } with AUC − ½ between 0 and 0.5, e.g. { limit: 0.07 }',
    )
  for (const name of ['joinBy', 'compat', 'clusterBy'] as const)
    if (options[name] !== undefined)
      throw wrong(
        `got multivariate and ${name}`,
        'the classifier takes rows as independent ones: leave one of both out',
      )
}

function checkFindings(findings: DriftOptions['findings']): void {
  if (findings === undefined || findings === false) return
  const limits = ownOptions(`${ASKER} findings`, findings, Object.keys(usualFindings))
  for (const [name, limit] of Object.entries(limits)) {
    const [least, most] =
      name === 'odds' ? [1, Number.POSITIVE_INFINITY] : [0, name === 'spread' ? Number.POSITIVE_INFINITY : 1]
    if (limit === undefined || limit === false || (typeof limit === 'number' && limit > least && limit < most)) continue
    throw wrong(
      `got findings: ${name}: ${valueText(limit)}`,
      `${name} is a number over ${least}${most === 1 ? ' and under 1' : ''}, or false`,
    )
  }
}

/**
 * The limits of what is looked for beside the effect. Who allows an effect several times the usual one allows as much
 * more of what comes with it, unless limits are given.
 */
export function findingLimits({ findings = {}, compat }: DriftOptions, times: number): FindingLimits | undefined {
  if (findings === false || compat !== undefined) return undefined
  const { missing, unseen, spread, odds, many } = usualFindings as Record<keyof FindingLimits, number>
  const share = (limit: number) => Math.min(0.99, limit * times)
  return {
    missing: share(missing),
    unseen: share(unseen),
    spread: spread * times,
    odds: odds ** times,
    many: share(many),
    ...findings,
  }
}

/** The method of that name; an AssayError that lists the names when there is none. */
export function methodNamed(name: string, compat?: PeerName): DriftMethod {
  if (compat !== undefined) return peerMethod(compat, name)
  const match = driftMethods.find((method) => method.name === name)
  if (match) return match
  const names = driftMethods.map((method) => method.name)
  const near = nearest(String(name), names)
  throw wrong(
    `got method: ${JSON.stringify(name)}`,
    near ? `did you mean ${JSON.stringify(near)}?` : `the methods are ${names.join(', ')}`,
  )
}

/** Levels are told apart down to a billionth. */
const MOST_SURE = 0.999999999

/** Stands for every column that a setting does not name. */
export const OTHERS = '*'

/** The setting of a column: its own, else that of the others, else the one for all. */
export function settingOf<T extends string | number>(setting: ByColumn<T> | undefined, column: string): T | undefined {
  if (typeof setting !== 'object') return setting
  if (Object.hasOwn(setting, column)) return setting[column]
  return Object.hasOwn(setting, OTHERS) ? setting[OTHERS] : undefined
}

/** The columns that are asked about by name, so that each gets a verdict: in a setting, or as label or prediction. */
export function askedColumns({ limit, method, confidence, onInconclusive, roles }: DriftOptions): readonly string[] {
  const keys = [limit, method, confidence, onInconclusive].flatMap((setting) =>
    typeof setting === 'object' ? Object.keys(setting) : [],
  )
  return [...keys.filter((name) => name !== OTHERS), ...namesIn(roles?.label), ...namesIn(roles?.prediction)]
}

/** The columns that options name. */
export function namedColumns(options: DriftOptions): readonly string[] {
  const { columns = [], except = [] } = options
  const roles = Object.values(options.roles ?? {}).flatMap(namesIn)
  const clusters = [
    options.clusterBy,
    options.segmentBy,
    options.windows?.time,
    ...[options.joinBy ?? []].flat(),
  ].filter((name) => name !== undefined)
  return [...new Set([...columns, ...except, ...askedColumns(options), ...roles, ...clusters])]
}

/** The limit of a column; an AssayError where it is not in the unit of its method. */
export function limitOf(options: DriftOptions, column: string, method: DriftMethod): number {
  return limitWithin(settingOf(options.limit, column) ?? method.limit, ` for column ${JSON.stringify(column)}`, method)
}

/** The methods that are chosen by type measure between 0 and 1. */
function limitWithin(limit: number, of: string, method: DriftMethod | undefined): number {
  const most = method?.most ?? 1
  if (limit < most) return limit
  const what = method ? `${method.unit} of ${method.name}` : 'an effect'
  const range = Number.isFinite(most) ? `lies between 0 and ${decimal(most)}` : 'is a finite number'
  throw wrong(`got limit: ${valueText(limit)}${of}`, `${what} ${range}: give e.g. ${method?.limit ?? 0.1}`)
}

/** The share of a year's level that a run may spend, and why. */
export interface LevelSpending {
  readonly share: number
  readonly words: string
}

/** Options with the share of the level that a run may spend, where it is spread over runs. */
export type AlphaSpending = DriftOptions & { readonly spending?: LevelSpending }

/** How often each verdict on a column may be wrong. */
export function levelsOf(
  { confidence, alpha, spending }: AlphaSpending,
  column: string,
): { readonly confidence: number; readonly pass: number; readonly fail: number } {
  const sure = settingOf(confidence, column) ?? 0.95
  const level = Math.round((1 - sure) * 1e12) / 1e12
  return { confidence: sure, pass: level, fail: (alpha ?? level) * (spending?.share ?? 1) }
}

/** The values of a setting with the words that name their column, and its name. */
function entries<T extends string | number>(
  name: 'limit' | 'method' | 'confidence' | 'onInconclusive',
  setting: ByColumn<T> | undefined,
): [of: string, value: T, column?: string][] {
  if (setting === undefined) return []
  if (typeof setting !== 'object' || setting === null) return [['', setting]]
  if (!isPlainObject(setting))
    throw wrong(`got ${name}: ${valueText(setting)}`, `${name} is one value for all columns, or { '*': …, column: … }`)
  return Object.entries(setting).map(([name, value]) => [` for column ${JSON.stringify(name)}`, value, name])
}

function wrong(found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `${ASKER} ${found}`, { hint })
}
