/** Bytes of memory that what answers holds. */
export interface Memory {
  readonly bytes: number
  /** Whether the tests run in the same process, so that only growth says something. */
  readonly isShared: boolean
}

/** Memory of this process. */
export const ownMemory = (): Memory => ({ bytes: process.memoryUsage.rss(), isShared: true })
