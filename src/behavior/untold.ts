import { REDACTED } from '../dataset/personal.ts'

/** An example of which nothing may be told. */
export const untold = { input: REDACTED, expected: REDACTED, got: REDACTED } as const
