/** A generator of numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number
/** What is done with rows that must not be; undefined when all is well. */
export function faultOf(
  open: () => Promise<unknown>,
  expected: unknown,
  values?: () => Promise<unknown>,
): Promise<string | undefined>
