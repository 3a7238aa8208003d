/** Bytes of memory that what answers holds. */
export interface Memory {
  readonly bytes: number
  /** Where the tests run in the same process, so that only growth says something: bytes of values in JavaScript. */
  readonly values?: number
}

/** Memory of this process. */
export function ownMemory(): Memory {
  const { rss, heapUsed, external } = process.memoryUsage()
  return { bytes: rss, values: heapUsed + external }
}

/** Frees what nobody holds any more in this process: else what comes later takes its place, and nothing seems to grow. */
export function collectGarbage(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
  collect()
  // What the first finds is given back at the latest when the second begins.
  collect()
}
