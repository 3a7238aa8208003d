import { readFileSync } from 'node:fs'
import path from 'node:path'
import { writeReport } from '../../reporters/index.ts'
import { type Check, evaluate, rowCount } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { HISTORY_FILE } from '../../src/results/history.ts'
import { document } from './runDocument.ts'

export const day = (n: number): Date => new Date(Date.UTC(2026, 10, n))
export const orders = (rows: number, value = 1, name = 'orders') =>
  dataset(
    Array.from({ length: rows }, (_, i) => ({ id: i, amount: value })),
    { name },
  )

/** Runs on one day after the other, each reported into one folder; the results of the last. */
export async function days(folder: string, ...runs: readonly (readonly Check[])[]): Promise<readonly CheckResult[]> {
  let results: readonly CheckResult[] = []
  const history = path.join(folder, HISTORY_FILE)
  const before = kept(history).length
  for (const [i, checks] of runs.entries()) {
    const now = day(1 + before + i)
    results = await evaluate(checks, { now, history })
    writeReport(folder, document(results, { at: now.toISOString(), commit: `${i}abcdef0123` }))
  }
  return results
}

export function kept(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n')
  } catch {
    return []
  }
}

export const grown = (rows: number, change: number | { min?: number; max?: number } = 0.2) => [
  rowCount(orders(rows), { min: 1 }, { change }),
]
