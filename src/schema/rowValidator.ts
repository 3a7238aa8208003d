import type { RunCheck } from '../checks/check.ts'
import type { Finding } from './findings.ts'

/** Judges whole rows as JavaScript values, with code of its own. */
export interface RowValidator {
  /** The library that judges. */
  readonly vendor: string
  /** What tells its rules from others, as far as they can be looked at. */
  readonly definition: unknown
  /** What is wrong with a row; undefined when nothing is. */
  judge(row: Readonly<Record<string, unknown>>): Verdict | Promise<Verdict>
}

type Verdict = readonly Finding[] | undefined

/** Values of which no column's type accepts every one. */
const strange: readonly unknown[] = [Symbol('nothing'), null, Number.NaN, '', true, [], {}]
/** Columns that are tried one by one. */
const MOST_TRIED = 50

/** The check, where it passes for a validator that accepts anything `vacuous`; `what` says whose rows those are. */
export function refusing(
  check: RunCheck,
  validator: RowValidator,
  { names, what }: { readonly names: readonly string[]; readonly what: string },
): RunCheck {
  return {
    ...check,
    async run(context) {
      const judgement = await check.run(context)
      if (judgement.status !== 'pass' || !(await acceptsAnything(validator, names))) return judgement
      const message = `${what}, so nothing was shown; pass allowEmpty: true if that is fine`
      return { ...judgement, status: 'vacuous', measured: 'nothing was judged', message }
    },
  }
}

/**
 * Whether the validator accepts rows in which the columns hold anything at all or are not there, together and one by
 * one, so that it judges none of them. One that throws judges.
 */
async function acceptsAnything({ judge }: RowValidator, columns: readonly string[]): Promise<boolean> {
  const rowOf = (names: readonly string[], value: unknown) => Object.fromEntries(names.map((name) => [name, value]))
  const some = columns.slice(0, MOST_TRIED)
  const rows = [
    {},
    ...strange.map((value) => rowOf(columns, value)),
    ...some.map((name) => rowOf([name], strange[0])),
    ...some.map((name) =>
      rowOf(
        columns.filter((other) => other !== name),
        strange[0],
      ),
    ),
  ]
  try {
    for (const row of rows) if ((await judge(row)) !== undefined) return false
    return true
  } catch {
    return false
  }
}
