import { firstLine } from '../errors.ts'
import type { BehaviorEvidence, CheckResult, Cell } from './checkResult.ts'
import { type Discreet, discreetly, type PersonalColumns, type Telling } from './discreet.ts'
import type { DatasetSummary } from './runDocument.ts'

/** What one test, or one test file, hands to the reporter: each entry is JSON text, so that it survives any channel. */
export interface AssayMeta {
  readonly results?: readonly string[]
  readonly datasets?: readonly string[]
  /** Assertions that began and have no verdict yet: the subject as JSON, with a number that tells them apart. */
  readonly begun?: readonly string[]
  /** Datasets that were opened, as JSON. */
  readonly opened?: readonly string[]
  /** Files that were read: the time of their last change in ms (0: not there), a space, the absolute path. */
  readonly files?: readonly string[]
  /** Globs and folders that were read, as absolute paths. */
  readonly patterns?: readonly string[]
  readonly notes?: readonly string[]
  /** Which columns of datasets are personal. */
  readonly personal?: readonly string[]
}

/** The most characters one result takes on its way to the reporter. */
export const RESULT_CAP = 48_000

/** A result as JSON text of at most `RESULT_CAP` characters: long cells are cut first, then rows; what was cut is said. */
export function encodeResult(result: CheckResult): string {
  const whole = jsonOf(result)
  if (whole.length <= RESULT_CAP) return whole
  // Of all that a result shows, the query is what the data can be judged without.
  const { sql, ...rest } = result
  if (sql)
    return encodeResult({
      ...rest,
      message: [rest.message, 'the query was too long to report'].filter(Boolean).join('\n'),
    })
  const { failing, ...rates } = result.behavior ?? {}
  const withoutKeys = failing ? { ...result, behavior: rates as BehaviorEvidence } : result
  for (const [shorter, cap] of [
    [result, 120],
    [withoutKeys, 120],
    [withoutKeys, 40],
  ] as const) {
    const text = jsonOf(shortened(shorter, cap))
    if (text.length <= RESULT_CAP) return text
  }
  const { sample: _sample, charts: _charts, behavior, ...core } = withoutKeys
  const note = 'rows, charts and examples of this result were too large to report'
  const message = [core.message?.slice(0, 4000), note].filter(Boolean).join('\n')
  return jsonOf({ ...core, ...(behavior ? { behavior: { ...behavior, examples: [] } } : {}), message })
}

/** A result that JSON cannot hold is reported by what it can: the run's report is never lost for one value. */
function jsonOf(result: Telling): string {
  try {
    // With what it says instead where columns turn out to be personal elsewhere in the run.
    return JSON.stringify({ ...result, discreet: result[discreetly] })
  } catch (error) {
    const plain = Object.entries(result).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value))
    const { type, name, source, column, slice, reference, capability } = result.subject
    const subject = Object.entries({ type, name, source, column, slice, reference, capability }).filter(
      ([, value]) => value !== undefined,
    )
    return JSON.stringify({
      ...Object.fromEntries(plain),
      subject: Object.fromEntries(subject.map(([key, value]) => [key, String(value)])),
      lineage: { datasets: [] },
      message: [result.message, `the rest of this result could not be reported: ${firstLine(error)}`]
        .filter(Boolean)
        .join('\n'),
    })
  }
}

function shortened(result: CheckResult, cap: number): CheckResult {
  const cut = (text: string): string => (text.length > cap ? `${text.slice(0, cap)}…` : text)
  const cell = (value: Cell): Cell => (value === null ? null : cut(value))
  const { sample, behavior } = result
  return {
    ...result,
    ...(sample
      ? {
          sample: {
            ...sample,
            rows: sample.rows.map((row) => row.map(cell)),
            ...(sample.values
              ? { values: sample.values.map(({ cells, count }) => ({ cells: cells.map(cell), count })) }
              : {}),
          },
        }
      : {}),
    ...(behavior
      ? {
          behavior: {
            ...behavior,
            examples: behavior.examples.map((example) => ({
              ...example,
              input: cut(example.input),
              expected: cut(example.expected),
              got: cut(example.got),
              ...(example.perturbed === undefined ? {} : { perturbed: cut(example.perturbed) }),
            })),
          },
        }
      : {}),
    message: [result.message, `cells were cut to ${cap} characters to report this result`].filter(Boolean).join('\n'),
  }
}

export function decodeResult(text: string): CheckResult {
  const { discreet, ...result } = JSON.parse(text) as CheckResult & { readonly discreet?: readonly Discreet[] }
  return discreet ? ({ ...result, [discreetly]: discreet } as Telling) : result
}
export const decodePersonal = (meta: AssayMeta | undefined): readonly PersonalColumns[] =>
  (meta?.personal ?? []).map((text) => JSON.parse(text) as PersonalColumns)
export const decodeDataset = (text: string): DatasetSummary => JSON.parse(text) as DatasetSummary
