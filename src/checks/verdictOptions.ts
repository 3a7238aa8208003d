import type { OnInconclusive } from './undecided.ts'
import { AssayError, textOf } from '../errors.ts'
import type { Severity } from '../results/checkResult.ts'

const known = { onInconclusive: ['warn', 'fail', 'pass'], severity: ['error', 'warn'] } as const
const hints = { onInconclusive: "it is 'warn', 'fail' or 'pass'", severity: "it is 'error' or 'warn'" } as const

/** Checks what options say of a verdict; an AssayError for anything that is no such word, which may say what it is `of`. */
export function checkVerdictOptions(
  asker: string,
  options: { readonly onInconclusive?: OnInconclusive | undefined; readonly severity?: Severity | undefined },
  of = '',
): void {
  for (const name of ['onInconclusive', 'severity'] as const) {
    const value = options[name]
    if (value === undefined || (known[name] as readonly unknown[]).includes(value)) continue
    throw new AssayError('wrong-argument', `${asker} got ${name}: ${textOf(value)}${of}`, { hint: hints[name] })
  }
}
