import { REDACTED, withoutLiterals } from '../dataset/personal.ts'
import { anyPersonal } from '../dataset/sliceWords.ts'
import { type Block, discreetBlock } from './blocks/index.ts'
import type { CheckResult } from './checkResult.ts'

/** What a result says instead, where columns that its words tell values of are personal. */
export interface Discreet {
  /** The columns; `any` for words that may hold a value of whichever column. */
  readonly columns: readonly string[] | 'any'
  readonly title?: string
  readonly expected?: string
  readonly measured?: string
  readonly message?: string
  readonly slice?: string
  readonly reference?: string
  /** The title of the whole question that the result is a part of. */
  readonly group?: string
  /** Blocks of evidence, each in place of the one of its kind. */
  readonly evidence?: readonly Block[]
  /** What is left out. */
  readonly without?: readonly ('value' | 'limit')[]
}

/** Where a result on its way keeps what it says instead; no JSON has it. */
export const discreetly: unique symbol = Symbol.for('assay.discreet')

/** A result on its way, with what it says where columns are personal. */
export type Telling = CheckResult & { readonly [discreetly]?: readonly Discreet[] }

/**
 * The result as it may leave the process: no value of a personal column in its cells, words, charts, examples and
 * queries. What checks say of themselves goes first; texts in quotes are hidden from whatever words are left about such
 * a column. Nothing is changed where no column is personal.
 */
export function redacted(result: Telling, personal: readonly string[]): Telling {
  if (personal.length === 0) return result
  const secret = new Set(personal)
  const replacements = (result[discreetly] ?? []).filter(
    ({ columns }) => columns === 'any' || anyPersonal(columns, personal),
  )
  const replacing = replacements.reduce(replaced, result)
  const own = columnsOf(replacing)
  const about = own.some((column) => secret.has(column))
  const names = namesOf(replacing)
  // What a check says instead is said on purpose; other words about such a column lose what stands in quotes.
  const words = (word: 'title' | 'expected' | 'measured' | 'message'): Partial<CheckResult> => {
    const text = replacing[word]
    const left = text === undefined || !about || replacements.some((one) => one[word] !== undefined)
    return left ? {} : { [word]: withoutQuoted(text, names) }
  }
  const { sql, ...rest } = replacing
  return {
    ...rest,
    ...words('title'),
    ...words('expected'),
    ...words('measured'),
    ...words('message'),
    ...(replacing.group ? { group: { ...replacing.group, title: withoutQuoted(replacing.group.title, names) } } : {}),
    evidence: replacing.evidence.flatMap((block) => discreetBlock(block, secret, own) ?? []),
    ...(sql ? { sql: sql.map(withoutLiterals) } : {}),
  }
}

/** The columns that a result is about; a column may itself have a comma in its name. */
function columnsOf({ subject: { column } }: CheckResult): readonly string[] {
  return column === undefined ? [] : [column, ...column.split(', ')]
}

/** Names may be told: of datasets, columns, models. */
function namesOf({ subject, evidence, lineage }: CheckResult): ReadonlySet<string> {
  const { name, column, reference, capability } = subject
  return new Set(
    [
      name,
      column,
      reference,
      capability,
      ...(column?.split(', ') ?? []),
      ...evidence.flatMap((block) => (block.kind === 'rows' ? block.columns : [])),
      ...lineage.datasets.flatMap((dataset) => [dataset.name, dataset.source]),
    ].filter((one) => one !== undefined),
  )
}

/** Words without texts in quotes that are no names; an apostrophe within a word, as in `'O'Brien'`, ends none. */
export function withoutQuoted(text: string, names: ReadonlySet<string>): string {
  return text.replace(/"(?:[^"\\\n]|\\.)*(?:"|$)|(?<!\w)'(?:[^'\n]|'(?=\w))*(?:'|$)/gm, (quoted) =>
    names.has(quoted.slice(1, -1).replace(/\\(.)/g, '$1')) ? quoted : REDACTED,
  )
}

function replaced(result: Telling, discreet: Discreet): Telling {
  const { columns: _, slice, reference, group, evidence = [], without = [], ...words } = discreet
  const left = Object.fromEntries(Object.entries(result).filter(([name]) => !without.includes(name as never)))
  const instead = (block: Block): Block => evidence.find(({ kind }) => kind === block.kind) ?? block
  return {
    ...(left as unknown as Telling),
    ...words,
    subject: {
      ...result.subject,
      ...(slice === undefined ? {} : { slice }),
      ...(reference === undefined ? {} : { reference }),
    },
    evidence: result.evidence.map(instead),
    ...(result.group && group !== undefined ? { group: { ...result.group, title: group } } : {}),
  }
}
