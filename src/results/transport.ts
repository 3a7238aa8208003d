import { firstLine } from '../errors.ts'
import { type Block, cutBlock, isCore, sparedBlock } from './blocks/index.ts'
import type { CheckResult } from './checkResult.ts'
import { type Discreet, discreetly, type Telling } from './discreet.ts'
import type { PersonalColumns } from './personalColumns.ts'
import type { DatasetSummary } from './runDocument.ts'

/** What one test, or one test file, hands to the reporter: each entry is JSON text, so that it survives any channel. */
export interface AssayMeta {
  readonly results?: readonly string[]
  /** What runStamp gives: which version of Assay runs, and when. */
  readonly run?: readonly string[]
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
  /** Which columns of datasets are personal, and what queries read, as JSON. */
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
  const spared = withEvidence(result, sparedBlock)
  for (const [shorter, longest] of [
    [result, 120],
    [spared, 120],
    [spared, 40],
  ] as const) {
    const text = jsonOf({
      ...withEvidence(shorter, (block) => cutBlock(block, longest)),
      message: withNote(result.message, `cells were cut to ${longest} characters to report this result`),
    })
    if (text.length <= RESULT_CAP) return text
  }
  const note = 'rows, charts and examples of this result were too large to report'
  const short = { ...spared, message: withNote(result.message?.slice(0, 4000), note) }
  const core = jsonOf(withEvidence(short, (block) => (isCore(block) ? cutBlock(block, 40) : undefined)))
  return core.length <= RESULT_CAP ? core : jsonOf(withEvidence(short, () => undefined))
}

const withNote = (message: string | undefined, note: string): string => [message, note].filter(Boolean).join('\n')

/** The result with other evidence, in what it says instead too. */
function withEvidence(result: Telling, change: (block: Block) => Block | undefined): Telling {
  const changed = (evidence: readonly Block[]): readonly Block[] => evidence.flatMap((block) => change(block) ?? [])
  const discreet = result[discreetly]?.map((one) => (one.evidence ? { ...one, evidence: changed(one.evidence) } : one))
  return { ...result, evidence: changed(result.evidence), ...(discreet ? { [discreetly]: discreet } : {}) }
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
      evidence: [],
      message: [result.message, `the rest of this result could not be reported: ${firstLine(error)}`]
        .filter(Boolean)
        .join('\n'),
    })
  }
}

export function decodeResult(text: string): CheckResult {
  const { discreet, ...result } = JSON.parse(text) as CheckResult & { readonly discreet?: readonly Discreet[] }
  return discreet ? ({ ...result, [discreetly]: discreet } as Telling) : result
}
export const decodePersonal = (meta: AssayMeta | undefined): readonly PersonalColumns[] =>
  (meta?.personal ?? []).map((text) => JSON.parse(text) as PersonalColumns)
export const decodeDataset = (text: string): DatasetSummary => JSON.parse(text) as DatasetSummary
