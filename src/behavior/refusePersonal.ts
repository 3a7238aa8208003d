import { AssayError } from '../errors.ts'
import { isPersonal, type MftCase } from './caseRows.ts'

/** Throws an AssayError where a file of inputs would hold personal values; `what` is the file, in words. */
export function refusePersonal(cases: readonly MftCase[], what: string, hint: string): void {
  if (cases.some(isPersonal))
    throw new AssayError('wrong-use', `${what} is not written: its inputs would be personal values`, { hint })
}
