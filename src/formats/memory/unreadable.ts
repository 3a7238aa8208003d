import { AssayError, firstLine } from '../../errors.ts'

/** The error of what cannot be read since its own code fails: a getter, a `toJSON`, a buffer that was given away. */
export function unreadable(where: string, cause: unknown): AssayError {
  if (cause instanceof AssayError) return cause
  return new AssayError('unsupported-source', `${where} cannot be read: ${firstLine(cause)}`, {
    hint: 'that is what its own code throws: a getter, a toJSON() or a buffer that is gone; mend it, or leave it out',
    discreet: `${where} cannot be read`,
    cause,
  })
}
