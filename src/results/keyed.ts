import { createHmac, randomBytes } from 'node:crypto'
import { AssayError } from '../errors.ts'

const holder = process as unknown as Record<symbol, string | undefined>
/** The least characters of a secret. */
const LEAST = 16
const key = Symbol.for('assay.idKey')

/**
 * A hash that nobody without the secret can compare a guess with: that of `ASSAY_KEY`, so that it is the same in every run;
 * else of one that is made up for this process.
 */
export function keyed(text: string): string {
  const secret = configuredKey() ?? (holder[key] ??= randomBytes(32).toString('hex'))
  return createHmac('sha256', secret).update(text).digest('hex')
}

/** The secret that `ASSAY_KEY` gives, the same in every run; undefined where it is not set or empty. */
export function configuredKey(): string | undefined {
  const { ASSAY_KEY: configured } = process.env
  // A CI server leaves it empty for those who may not know the secret.
  if (configured && configured.length < LEAST)
    throw new AssayError(
      'wrong-argument',
      `ASSAY_KEY has ${configured.length} characters, and a secret that short is soon guessed`,
      {
        hint: `give it at least ${LEAST}, e.g. of: openssl rand -hex 32`,
      },
    )
  return configured || undefined
}
