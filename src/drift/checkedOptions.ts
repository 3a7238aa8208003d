import { valueText } from '../checks/receiver.ts'
import { checkVerdictOptions } from '../checks/verdictOptions.ts'
import { type AssayError, wrongArgument } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { decimal } from '../words/text/numbers.ts'
import { OTHERS, settingOf, settingsIn } from './byColumn.ts'
import { peerNames } from './compat/index.ts'
import { checkChunks } from './compat/chunks.ts'
import { usualFindings } from './finding.ts'
import { joinedBy } from './namedColumns.ts'
import { limitWithin, methodNamed } from './namedMethod.ts'
import type { DriftOptions } from './options.ts'
import { checkedRoles, namesIn } from './roles.ts'
import { checkWindows } from './windows.ts'

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
/** What may be said of each column by its name. */
const SETTINGS = ['limit', 'method', 'confidence', 'onInconclusive'] as const
const ASKER = 'noDriftFrom'
const wrong = wrongArgument(ASKER)
/** Levels are told apart down to a billionth. */
const MOST_SURE = 0.999999999

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedDriftOptions(driftOptions: DriftOptions | undefined): DriftOptions {
  const options = ownOptions(ASKER, driftOptions, known)
  if (options.roles !== undefined) checkedRoles(ASKER, options.roles)
  checkFindings(options.findings)
  checkMethods(options)
  checkColumnNames(options)
  checkChunks(ASKER, options.chunks, options.compat)
  checkWindows(ASKER, options.windows)
  if (options.windows !== undefined && options.segmentBy !== undefined)
    throw wrong('got windows and segmentBy', 'rows are cut by one of both: leave the other out')
  checkJoin(options)
  checkMultivariate(options)
  checkCuts(options)
  checkLeftOut(options)
  checkDriftedShare(options)
  if (options.columns?.length === 0) throw wrong('got columns: []', 'name at least one column, or leave the option out')
  checkLevels(options)
  for (const [of, value] of settingsIn('onInconclusive', options.onInconclusive))
    checkVerdictOptions(ASKER, { onInconclusive: value }, of)
  checkVerdictOptions(ASKER, { severity: options.severity })
  return options
}

/** Refuses methods that there are not, and limits that are none or in another unit than the method of their column. */
function checkMethods({ compat, method, limit }: DriftOptions): void {
  if (compat !== undefined && !peerNames.includes(compat))
    throw wrong(`got compat: ${JSON.stringify(compat)}`, `it is one of ${peerNames.join(', ')}`)
  for (const [, value] of settingsIn('method', method)) methodNamed(value, compat)
  for (const [of, value, column] of settingsIn('limit', limit)) {
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
}

function checkColumnNames({ columns, except, clusterBy, segmentBy }: DriftOptions): void {
  for (const [name, value] of Object.entries({ columns, except })) {
    if (value !== undefined && !(Array.isArray(value) && value.every((column) => typeof column === 'string')))
      throw wrong(`got ${name}: ${JSON.stringify(value)}`, `${name} is a list of column names`)
  }
  for (const [name, value] of Object.entries({ clusterBy, segmentBy })) {
    if (value !== undefined && typeof value !== 'string')
      throw wrong(`got ${name}: ${JSON.stringify(value)}`, `${name} is the name of a column, e.g. "country"`)
  }
}

/** How sure verdicts are, and how often they may be wrong. */
function checkLevels({ confidence, alpha, acrossRuns, compat }: DriftOptions): void {
  for (const [of, value] of settingsIn('confidence', confidence)) {
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
  if (acrossRuns !== undefined && typeof acrossRuns !== 'boolean')
    throw wrong(`got acrossRuns: ${JSON.stringify(acrossRuns)}`, 'it is true or false')
  if (acrossRuns === true && compat !== undefined)
    throw wrong('got acrossRuns with compat', 'the thresholds of other libraries have no level: leave one out')
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

/** Beside a share of columns that may drift each column only warns, undecided ones too. */
function checkDriftedShare({ driftedShare, onInconclusive }: DriftOptions): void {
  if (driftedShare === undefined) return
  if (!(typeof driftedShare === 'number' && driftedShare >= 0 && driftedShare < 1))
    throw wrong(`got driftedShare: ${valueText(driftedShare)}`, 'it is a share from 0 to under 1, e.g. 0.3')
  for (const [of, , column] of settingsIn('onInconclusive', onInconclusive))
    if (column !== undefined && column !== OTHERS)
      throw wrong(
        `got driftedShare and onInconclusive${of}`,
        "columns only warn beside it: say what becomes of the whole, onInconclusive: 'fail'",
      )
}

/** What rows are cut, grouped or joined by is not compared: it cannot be what a verdict is wanted of. */
function checkCuts(options: DriftOptions): void {
  const { roles, clusterBy, segmentBy, windows } = options
  for (const role of ['label', 'prediction'] as const)
    for (const [name, column] of Object.entries({ clusterBy, segmentBy, windows: windows?.time }))
      if (column !== undefined && roles?.[role] === column) throw wrongCut(column, `as ${role} and in ${name}`)
  // Clusters are compared where they are named.
  const joined = joinedBy(options).map((column) => ['joinBy', column] as const)
  for (const [name, column] of [...Object.entries({ segmentBy, windows: windows?.time }), ...joined]) {
    if (column === undefined) continue
    const where = namedIn(options, column)
    if (where !== undefined) throw wrongCut(column, `in ${where} and in ${name}`)
  }
}

/** The option that names a column to be compared; undefined where none does. */
function namedIn(options: DriftOptions, column: string): string | undefined {
  if (options.columns?.includes(column)) return 'columns'
  return SETTINGS.find((setting) => settingsIn(setting, options[setting]).some(([, , named]) => named === column))
}

/** A column that is left out has no verdict, and one that is named otherwise is to have one. */
function checkLeftOut(options: DriftOptions): void {
  const { except = [], roles } = options
  for (const [left, names] of Object.entries({ except, 'roles.ignore': namesIn(roles?.ignore) }))
    for (const column of names) {
      const where = namedIn(options, column)
      if (where !== undefined)
        throw wrong(`got column ${JSON.stringify(column)} in ${where} and in ${left}`, 'leave one of both out')
    }
}

/** What to say of a column that is to be compared, and that rows are cut or joined by. */
export const wrongCut = (column: string, where: string): AssayError =>
  wrong(
    `got column ${JSON.stringify(column)} ${where}`,
    'what rows are grouped or joined by is not compared: leave one of both out',
  )

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
