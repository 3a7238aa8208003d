import { AssayError, nearestHint } from '../errors.ts'
import { beyond, ceilingOf } from './ceiling.ts'
import type { CheckResult } from './checkResult.ts'

const LISTED = 10

/**
 * The results of the one check that is meant: named by its whole id, by how that begins, or with `*` for any text.
 * Throws AssayError `unknown-check` for none, and `ambiguous-check`, which lists them, for several.
 */
export function waivable(named: string, known: readonly CheckResult[]): readonly CheckResult[] {
  const ids = [...new Set(known.map(({ id }) => id))]
  const whole = ids.filter((id) => id === named)
  const matches = whole.length > 0 ? whole : ids.filter((id) => pattern(named).test(id))
  if (matches.length === 0) {
    throw new AssayError('unknown-check', `no known run has a check ${JSON.stringify(named)}`, {
      hint: nearestHint(
        named,
        ids,
        ids.length > 0
          ? 'report.json and the report list the ids of a run'
          : 'run the checks first, so that there is a report',
        String,
      ),
    })
  }
  if (matches.length > 1) {
    const listed = matches.slice(0, LISTED).map((id) => `\n  ${id}`)
    const more = matches.length > LISTED ? `\n  … and ${matches.length - LISTED} more` : ''
    throw new AssayError(
      'ambiguous-check',
      `${JSON.stringify(named)} is ${matches.length} checks, and a waiver is of one:${listed.join('')}${more}`,
      { hint: 'name one of them' },
    )
  }
  return known.filter(({ id }) => id === matches[0])
}

function pattern(named: string): RegExp {
  const parts = named.split('*').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}${named.includes('*') ? '$' : ''}`, 's')
}

/**
 * The failures of a check that a waiver accepts. Throws AssayError `wrong-waiver` when nothing of it fails: a pass needs
 * no waiver, and what could not be judged is no known failure.
 */
export function failuresOf(results: readonly CheckResult[]): readonly CheckResult[] {
  const failures = results.filter(({ status }) => status === 'fail' || status === 'accepted')
  const [first] = results
  if (failures.length > 0 || !first) return failures
  const result = results.find(({ status }) => status !== 'pass') ?? first
  const why =
    result.status === 'pass'
      ? 'it holds'
      : result.status === 'warn'
        ? 'it is a warning, which fails no test'
        : `it is ${result.status}, and a waiver accepts failures only`
  throw new AssayError('wrong-waiver', `${first.id} has no failure to accept: ${why}`)
}

/** The ceiling that just covers failures; undefined where they have no size. */
export function ceilingOver(failures: readonly CheckResult[]): string | undefined {
  const ceilings = failures.map(ceilingOf).filter((ceiling) => ceiling !== undefined)
  return ceilings.find((ceiling) => failures.every((failure) => beyond(failure, ceiling) === undefined))
}

/** Throws AssayError `wrong-waiver` for a ceiling that does not cover what was found. */
export function checkCeiling(upTo: string, failures: readonly CheckResult[]): void {
  for (const failure of failures) {
    const why = beyond(failure, upTo)
    if (why === undefined) continue
    const fitting = ceilingOver(failures)
    throw new AssayError(
      'wrong-waiver',
      `a waiver up to ${upTo} would not accept ${failure.id}: ${why.replace(/^and /, '')}`,
      {
        hint:
          fitting === undefined
            ? 'it has no size: leave the ceiling out'
            : `the least that does is ${JSON.stringify(fitting)}`,
      },
    )
  }
}
