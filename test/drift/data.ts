import { evaluate } from '../../src/checks/evaluate.ts'
import { type DatasetColumn, dataset, type Dataset } from '../../src/dataset/dataset.ts'
import { type DriftOptions, noDriftFrom } from '../../src/drift/index.ts'
import { numberOf } from '../helpers/blocks.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'

/** A seeded source of uniform numbers (mulberry32). */
export function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A standard normal number. */
export function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
}

/** Records with one column `x`. */
export function rowsOf(values: readonly unknown[], name = 'x'): Dataset {
  return dataset(values.map((x) => ({ [name]: x })))
}

/** `count` values made by `make`. */
export function many<T>(count: number, make: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => make(i))
}

/** Results of a drift check. */
export function compare(
  current: Dataset | DatasetColumn,
  reference: Dataset | DatasetColumn,
  options: DriftOptions = {},
): Promise<CheckResult[]> {
  return evaluate(noDriftFrom(current, reference, options))
}

/** The only result of a drift check. */
export async function only(
  current: Dataset | DatasetColumn,
  reference: Dataset | DatasetColumn,
  options: DriftOptions = {},
): Promise<CheckResult> {
  const results = await compare(current, reference, options)
  if (results.length !== 1) throw new Error(`expected one result, got ${results.length}`)
  return results[0] as CheckResult
}

/** The measured effect of a result, with its method. */
export function effectOf(result: CheckResult | undefined) {
  const block = result && numberOf(result)
  return block && { ...block, effect: block.value, unit: block.name }
}
