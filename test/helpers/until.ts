import { vi } from 'vitest'

/** Milliseconds after which something hangs, on a machine that is many times slower too. */
const HANGING = 300_000

/** Waits until something holds. */
export const until = (holds: () => boolean): Promise<unknown> => vi.waitUntil(holds, { timeout: HANGING })
