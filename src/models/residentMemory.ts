import { readFileSync, writeFileSync } from 'node:fs'

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

/** Has the most that this process ever held be what it holds now, where the system can: on Linux. */
export function forgetPeak(): void {
  try {
    writeFileSync('/proc/self/clear_refs', '5', { flag: 'r+' })
  } catch {
    // elsewhere a peak shows only where it is higher than those before
  }
}

/**
 * The most bytes that this process held since {@link forgetPeak}. Linux carries `maxRSS` over from the process that started
 * it, so that there the kernel's own count of this program is read.
 */
export function ownPeak(): number {
  return peakOf('/proc/self') ?? process.resourceUsage().maxRSS * 1024
}

/** The most bytes that the program of a folder of `/proc` ever held; undefined where there is none. */
export function peakOf(folder: string): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`${folder}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  } catch {
    return undefined // it ended in between, or this is no Linux
  }
}

/** Frees what nobody holds any more in this process: else what comes later takes its place, and nothing seems to grow. */
export function collectGarbage(): void {
  process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc')
  const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void
  collect()
  // What the first finds is given back at the latest when the second begins.
  collect()
}
