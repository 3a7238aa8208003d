import type { Finding } from './drafts.ts'

/** Judges whole rows as JavaScript values, with code of its own. */
export interface RowValidator {
  /** The library that judges. */
  readonly vendor: string
  /** What is wrong with a row; undefined when nothing is. */
  judge(row: Readonly<Record<string, unknown>>): Verdict | Promise<Verdict>
}

type Verdict = readonly Finding[] | undefined
