import type { OnInconclusive } from '../checks/undecided.ts'
import { AssayError, nearest } from '../errors.ts'
import { ownOptions } from '../options.ts'
import type { Severity } from '../results/checkResult.ts'
import type { DriftMethod } from './drift.ts'
import { driftMethods } from './methods.ts'

/** What a drift check can be told. */
export interface DriftOptions {
  /**
   * The largest effect that is no drift, for all columns or by column; default: that of the method (0.1).
   * @example { limit: { country: 0.2 } }
   */
  readonly limit?: number | Readonly<Record<string, number>>
  /**
   * Name of the method, for all columns or by column; default: by the columns' type.
   * @example { method: { age: 'kolmogorovSmirnov' } }
   */
  readonly method?: string | Readonly<Record<string, string>>
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
   * Probability that all intervals of the call hold the true effects; default 0.95.
   * @example { confidence: 0.99 }
   */
  readonly confidence?: number
  /**
   * The largest adjusted p that is evidence of drift; default 1 - confidence.
   * @example { alpha: 0.01 }
   */
  readonly alpha?: number
  /**
   * Whether too little evidence fails the test, is only reported (default), or counts as passed.
   * @example { onInconclusive: 'fail' }
   */
  readonly onInconclusive?: OnInconclusive
  /**
   * `warn` reports drift without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const known = ['limit', 'method', 'columns', 'except', 'confidence', 'alpha', 'onInconclusive', 'severity']
const ASKER = 'noDriftFrom'

/** Checks the options; an AssayError that names what is wrong with them. */
export function checkedDriftOptions(asked: DriftOptions | undefined): DriftOptions {
  const options = ownOptions(ASKER, asked, known)
  const { limit, method, columns, except, confidence, alpha, onInconclusive, severity } = options
  for (const [of, value] of entries(limit)) {
    if (!(typeof value === 'number' && value > 0 && value < 1))
      throw wrong(
        `got limit: ${String(value)}${of}`,
        'effects lie between 0 and 1, and no number of rows shows that there is none at all: give e.g. 0.1',
      )
  }
  for (const [, value] of entries(method)) methodNamed(value)
  for (const [name, value] of Object.entries({ columns, except })) {
    if (value !== undefined && !(Array.isArray(value) && value.every((one) => typeof one === 'string')))
      throw wrong(`got ${name}: ${JSON.stringify(value)}`, `${name} is a list of column names`)
  }
  if (columns?.length === 0) throw wrong('got columns: []', 'name at least one column, or leave the option out')
  for (const [name, value] of Object.entries({ confidence, alpha })) {
    if (value !== undefined && !(typeof value === 'number' && value > 0 && value < 1))
      throw wrong(
        `got ${name}: ${String(value)}`,
        `${name} lies between 0 and 1, e.g. ${name === 'alpha' ? 0.05 : 0.95}`,
      )
  }
  if (onInconclusive !== undefined && !['warn', 'fail', 'pass'].includes(onInconclusive))
    throw wrong(`got onInconclusive: ${JSON.stringify(onInconclusive)}`, "it is 'warn', 'fail' or 'pass'")
  if (severity !== undefined && !['error', 'warn'].includes(severity))
    throw wrong(`got severity: ${JSON.stringify(severity)}`, "it is 'error' or 'warn'")
  return options
}

/** The method of that name; an AssayError that lists the names when there is none. */
export function methodNamed(name: string): DriftMethod {
  const found = driftMethods.find((method) => method.name === name)
  if (found) return found
  const names = driftMethods.map((method) => method.name)
  const near = nearest(String(name), names)
  throw wrong(
    `got method: ${JSON.stringify(name)}`,
    near ? `did you mean ${JSON.stringify(near)}?` : `the methods are ${names.join(', ')}`,
  )
}

/** The setting of a column: its own, or the one for all. */
export function settingOf<T extends string | number>(
  setting: T | Readonly<Record<string, T>> | undefined,
  column: string,
): T | undefined {
  if (typeof setting !== 'object') return setting
  return Object.hasOwn(setting, column) ? setting[column] : undefined
}

/** The columns that settings name. */
export function namedColumns({ limit, method, columns = [], except = [] }: DriftOptions): readonly string[] {
  const keys = [limit, method].flatMap((setting) => (typeof setting === 'object' ? Object.keys(setting) : []))
  return [...new Set([...columns, ...except, ...keys])]
}

function entries<T extends string | number>(setting: T | Readonly<Record<string, T>> | undefined): [string, T][] {
  if (setting === undefined) return []
  if (typeof setting !== 'object' || setting === null) return [['', setting]]
  return Object.entries(setting).map(([name, value]) => [` for column ${JSON.stringify(name)}`, value])
}

function wrong(found: string, hint: string): AssayError {
  return new AssayError('wrong-argument', `${ASKER} ${found}`, { hint })
}
