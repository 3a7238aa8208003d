import { AssayError } from '../errors.ts'
import { described } from './receiver.ts'

/** What a function of a check answered about a value. An AssayError for anything but true and false: a promise holds nothing. */
export function truth(answer: unknown, asker: string): boolean {
  if (typeof answer === 'boolean') return answer
  throw new AssayError('wrong-argument', `the function of ${asker} answered ${described(answer)}`, {
    hint: 'answer true where it holds, and false where it does not',
    discreet: `the function of ${asker} answered neither true nor false`,
  })
}
