import type { CheckCase } from './known.ts'
import type { MetricCase } from './naive.ts'

declare global {
  interface ImportMeta {
    /** Vite's: the modules that a glob names, by path. */
    glob(pattern: string, options: { eager: true; import: string }): Record<string, unknown>
  }
}

/** One file for each metric. */
export const metricCases = byName<MetricCase>(import.meta.glob('./metrics/*.ts', { eager: true, import: 'default' }))
/** One file for each check. */
export const checkCases = byName<CheckCase>(import.meta.glob('./checks/*.ts', { eager: true, import: 'default' }))

function byName<T>(modules: Record<string, unknown>): Readonly<Record<string, readonly T[]>> {
  const named = Object.entries(modules).map(
    ([file, cases]) => [file.replace(/^.*\/|\.ts$/g, ''), cases as T[]] as const,
  )
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)))
}
