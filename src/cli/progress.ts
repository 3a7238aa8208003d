import { statSync } from 'node:fs'
import type { Dataset } from '../dataset/dataset.ts'
import { relationOf } from '../dataset/opened.ts'
import { visible } from '../words/text/visible.ts'
import type { Context } from './context.ts'
import { clearInterval, elapsed, setInterval } from '../realTimers.ts'

const FIRST = 1000
const EVERY = 200

/** How far work is: `done` of `total` in a unit; a `done` that shrinks belongs to new work. */
export interface Progress {
  readonly done: number
  readonly total: number
  /** How an amount reads, e.g. `1.2 MB`; undefined where only the share is known. */
  readonly amount?: ((value: number) => string) | undefined
}

/**
 * Shows on a terminal's stderr how far work is, once it takes longer than a second: share, rate and remaining time, or
 * the time spent where nobody can tell. Nothing elsewhere, and nothing under `quiet`.
 */
export async function withProgress<T>(
  label: string,
  context: Context,
  read: () => Progress | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY || context.quiet) return work()
  const start = elapsed()
  const line = progressLine(label, start)
  const timer = setInterval(() => {
    const now = elapsed()
    const text = line(read(), now)
    if (now - start < FIRST) return
    process.stderr.write(`\r${text.slice(0, Math.max(20, (process.stderr.columns || 80) - 1))}\u001b[K`)
  }, EVERY)
  try {
    return await work()
  } finally {
    clearInterval(timer)
    if (elapsed() - start >= FIRST) process.stderr.write('\r\u001b[K')
  }
}

/** A function that turns what was read at an instant into the line that is shown. */
export function progressLine(label: string, start: number): (read: Progress | undefined, now: number) => string {
  let first: { readonly done: number; readonly at: number } | undefined
  let last = 0
  return (progress, now) => {
    const spent = `${visible(label)}  ${seconds((now - start) / 1000)}`
    if (!progress || progress.total <= 0) {
      first = undefined
      return spent
    }
    const { done, total, amount } = progress
    if (!first || done < last) first = { done, at: now }
    last = done
    const rate = (done - first.done) / ((now - first.at) / 1000)
    if (!(rate > 0)) return spent
    const parts = [
      `${Math.floor((100 * done) / total)} %`,
      ...(amount ? [`${amount(rate)}/s`] : []),
      `${seconds((total - done) / rate)} left`,
    ]
    return `${spent}  ${parts.join('  ')}`
  }
}

/** Runs queries over datasets with their progress, in bytes where they are files. */
export async function withQueryProgress<T>(
  datasets: readonly Dataset[],
  context: Context,
  work: () => Promise<T>,
): Promise<T> {
  const relation = datasets[0] && (await relationOf(datasets[0]))
  const bytes = datasets.reduce((sum, { source }) => sum + sizeOf(source), 0)
  const read = (): Progress | undefined => {
    const share = relation?.engine.progress?.()
    if (share === undefined) return undefined
    return bytes > 0 ? { done: share * bytes, total: bytes, amount: bytesText } : { done: share, total: 1 }
  }
  return withProgress(datasets.map(({ name }) => name).join(', '), context, read, work)
}

function sizeOf(source: string): number {
  try {
    return statSync(source).size
  } catch {
    return 0
  }
}

function bytesText(bytes: number): string {
  const [value, unit] = bytes >= 1e9 ? [bytes / 1e9, 'GB'] : bytes >= 1e6 ? [bytes / 1e6, 'MB'] : [bytes / 1e3, 'kB']
  return `${value.toPrecision(3)} ${unit}`
}

function seconds(value: number): string {
  const whole = Math.max(0, Math.round(value))
  if (whole < 60) return `${whole} s`
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.round((whole % 3600) / 60)} min`
}
