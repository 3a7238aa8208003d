import { AssayError } from '../errors.ts'
import { ownOptions } from '../options.ts'

/** What columns are for, where that is not seen from their values. */
export interface DriftRoles {
  /**
   * The column that a model learns: its result says so.
   * @example { roles: { label: 'churned' } }
   */
  readonly label?: string
  /**
   * The column that a model predicts: its result says so.
   * @example { roles: { prediction: 'score' } }
   */
  readonly prediction?: string
  /**
   * Columns that say when a row is from: compared by hour and weekday, since instants never come back.
   * @example { roles: { time: ['created_at'] } }
   */
  readonly time?: string | readonly string[]
  /**
   * Columns to leave out, as `except` does.
   * @example { roles: { ignore: ['note'] } }
   */
  readonly ignore?: string | readonly string[]
}

const known = ['label', 'prediction', 'time', 'ignore']

/** The columns of a role. */
export const namesIn = (names: string | readonly string[] | undefined): readonly string[] =>
  names === undefined ? [] : typeof names === 'string' ? [names] : names

/** Checks the roles; an AssayError that names what is wrong with them. */
export function checkedRoles(asker: string, stated: DriftRoles | undefined): DriftRoles {
  const roles = ownOptions(`${asker} roles`, stated, known)
  for (const [role, names] of Object.entries(roles)) {
    const several = role === 'time' || role === 'ignore'
    const fine =
      typeof names === 'string' || (several && Array.isArray(names) && names.every((one) => typeof one === 'string'))
    if (names === undefined || fine) continue
    throw new AssayError('wrong-argument', `${asker} got roles: ${role}: ${JSON.stringify(names)}`, {
      hint: `${role} is the name of a column${several ? ', or a list of names' : ''}`,
    })
  }
  const twice = Object.values(roles)
    .flatMap(namesIn)
    .find((name, i, all) => all.indexOf(name) !== i)
  if (twice === undefined) return roles
  throw new AssayError('wrong-argument', `${asker} got two roles for column ${JSON.stringify(twice)}`, {
    hint: 'give each column one',
  })
}

/** What a column is called in titles: its role, where it has one that matters there. */
export function roleOf({ label, prediction }: DriftRoles, column: string | undefined): string | undefined {
  if (column === undefined) return undefined
  return column === label ? 'label' : column === prediction ? 'prediction' : undefined
}
