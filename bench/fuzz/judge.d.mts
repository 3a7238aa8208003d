/** A generator of numbers from 0 up to 1. */
export function randomFrom(seed: number): () => number
/** What a dataset does that it must not; undefined when all is well. */
export function faultOf(data: unknown, expected: unknown): Promise<string | undefined>
