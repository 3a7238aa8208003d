import { type Command as Parser, InvalidArgumentError, Option } from 'commander'
import { peerNames } from '../drift/compat/index.ts'
import { usualFindings } from '../drift/finding.ts'
import type { DriftOptions } from '../drift/options.ts'
import { list, number, share } from './list.ts'

interface Flag {
  /** What stands behind the name, e.g. `<column>`; nothing for one that is only there or not. */
  readonly value?: string
  readonly help: string
  readonly read?: (text: string, before: never) => unknown
  readonly choices?: readonly string[]
  readonly default?: string
  /** `--no-…` says false. */
  readonly negated?: string
}

/** A flag for each option of drift. */
const flags: Readonly<Record<keyof DriftOptions, Flag>> = {
  columns: { value: '<names>', help: 'the columns to compare (default: all that both have)', read: list },
  except: { value: '<names>', help: 'columns to leave out', read: list },
  limit: {
    value: '<effect>',
    help: 'the largest effect that is no drift (default: 0.1); by column: *=0.1,country=0.2',
    read: byColumn(number),
  },
  method: {
    value: '<name>',
    help: 'how columns are compared (default: by type), e.g. psi; by column: country=cramersV',
    read: byColumn(String),
  },
  compat: { value: '<library>', help: 'judge by the numbers and thresholds of another library', choices: peerNames },
  chunks: {
    value: '<chunks>',
    help: 'with --compat nannyml: thresholds by the chunks of the reference: size=500, number=10, every=month,time=created_at',
    read: (text, before?: object) => ({
      ...before,
      ...named(text, (value) => (/^\d+$/.test(value) ? Number(value) : value)),
    }),
  },
  findings: {
    value: '<limits>',
    help: `limits of what fails beside the effect, or false: missing=0.01,spread=false (${Object.keys(usualFindings).join(', ')})`,
    read: (text, before?: object) => ({
      ...before,
      ...named(text, (limit) => (limit === 'false' ? false : number(limit))),
    }),
    negated: 'only the effects of the methods fail',
  },
  roles: {
    value: '<roles>',
    help: 'what columns are for: label=churned,prediction=score,time=created_at,ignore=note',
    read: roles,
  },
  driftedShare: {
    value: '<share>',
    help: 'the largest share of columns that may drift: the dataset is judged, its columns only warn',
    read: share,
  },
  segmentBy: { value: '<column>', help: 'compare the rows of each value of a column' },
  windows: {
    value: '<windows>',
    help: 'compare each window of time by itself: time=created_at,every=week; against=before: with the one before it',
    read: (text, before?: object) => ({ ...before, ...named(text, String) }),
  },
  clusterBy: {
    value: '<column>',
    help: 'rows with one value there belong together and may be alike, like those of a session',
  },
  joinBy: {
    value: '<names>',
    help: 'compare rows with the same key one by one: skew of training and serving',
    read: list,
  },
  multivariate: {
    value: '[limit]',
    help: 'compare all columns together, too, by a classifier (limit of AUC − ½; default: 0.07)',
    read: (text) => ({ limit: number(text) }),
  },
  confidence: {
    value: '<share>',
    help: 'how sure a verdict is (default: 0.95); by column: *=0.95,amount=0.99',
    read: byColumn(share),
  },
  alpha: { value: '<share>', help: 'the largest adjusted p that is evidence (default: 1 - confidence)', read: share },
  acrossRuns: {
    help: 'spread the level of fails over a year of runs, by the history beside the report: needs --report',
  },
  onInconclusive: {
    value: '<then>',
    help: 'what too little evidence is: warn, fail or pass; by column: *=warn,amount=fail',
    read: byColumn(String),
    default: 'warn',
  },
  severity: { value: '<level>', help: 'what drift is', choices: ['error', 'warn'], default: 'error' },
}

/** Declares a flag for each option of drift. */
export function declareDrift(parser: Parser): Parser {
  for (const [name, { value, help, read, choices, default: usual, negated }] of Object.entries(flags)) {
    const kebab = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const option = new Option(value === undefined ? `--${kebab}` : `--${kebab} ${value}`, help)
    if (read) option.argParser(read as (text: string, before: unknown) => unknown)
    if (choices) option.choices(choices)
    if (usual !== undefined) option.default(usual)
    parser.addOption(option)
    if (negated !== undefined) parser.option(`--no-${kebab}`, negated)
  }
  return parser
}

/** What of a command's options are options of drift. */
export function givenDrift(options: DriftOptions): DriftOptions {
  const names = Object.keys(flags) as (keyof DriftOptions)[]
  return Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]))
}

/** Reads `name=value,name=value`. */
function pairs(text: string): readonly (readonly [name: string, value: string])[] {
  return list(text).map((part) => {
    const at = part.lastIndexOf('=')
    if (at < 1) throw new InvalidArgumentError('Each is a name, "=" and a value, parted by commas.')
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()]
  })
}

const named = <T>(text: string, read: (value: string) => T): Readonly<Record<string, T>> =>
  Object.fromEntries(pairs(text).map(([name, value]) => [name, read(value)]))

/** Reads one value for all columns, or `column=value,column=value`. */
function byColumn<T>(read: (text: string) => T) {
  return (text: string, before?: T | Readonly<Record<string, T>>): T | Readonly<Record<string, T>> => {
    if (!text.includes('=')) return read(text)
    return { ...(typeof before === 'object' ? before : {}), ...named(text, read) }
  }
}

/** Reads `role=column`; of time and ignore there may be several. */
function roles(text: string, before: Readonly<Record<string, string | readonly string[]>> = {}) {
  const read: Record<string, string | readonly string[]> = { ...before }
  for (const [role, column] of pairs(text))
    read[role] = role === 'time' || role === 'ignore' ? [...[read[role] ?? []].flat(), column] : column
  return read
}
