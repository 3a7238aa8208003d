import vm from 'node:vm'
import { AssayError } from '../errors.ts'

const script = new vm.Script('work()')

/**
 * Runs synchronous work on many values, and stops it after `seconds`: a JavaScript pattern that backtracks can take
 * longer than anybody waits, and nothing else interrupts it. `what` says whose work it is. Throws AssayError
 * `wrong-argument` when the time is up.
 */
export function withinTime<T>(what: string, work: () => T, seconds = 5): T {
  try {
    return script.runInContext(vm.createContext({ work }), { timeout: seconds * 1000 }) as T
  } catch (cause) {
    if ((cause as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw cause
    throw new AssayError('wrong-argument', `${what} took more than ${seconds} seconds on one page of values`, {
      hint: 'a pattern such as (a+)+$ backtracks without end on some texts: write it without a repetition inside a repetition',
      cause,
    })
  }
}
