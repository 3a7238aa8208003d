import { blockOf } from './blocks/index.ts'
import type { CheckResult } from './checkResult.ts'

/** A case by its key, and how it is called: by its name, else by its input where the run shows it, else by the key. */
export interface NamedCase {
  readonly key: string
  readonly name: string
}

/** What became of the single cases of a behavioral test from one run to another. */
export interface CaseChanges {
  /** Fail now, and did not before. */
  readonly broke: readonly NamedCase[]
  /** Failed before, and do not now. */
  readonly fixed: readonly NamedCase[]
  /** The cases are others now: one that broke may be new, and one that is fixed may be asked no more. */
  readonly tableChanged?: true
  /** Failing cases that the run documents do not list: whether those broke or were fixed is not known. */
  readonly unlisted?: { readonly before: number; readonly after: number }
}

/** Which cases broke and which were fixed; undefined when the same ones fail, as far as they are listed. */
export function caseChanges(before: CheckResult | undefined, after: CheckResult | undefined): CaseChanges | undefined {
  const [was, is] = [before && failingOf(before), after && failingOf(after)]
  if (!before || !after || !was || !is) return undefined
  // A list that was cut says nothing of a case it does not have.
  const broke = was.unlisted > 0 ? [] : named(without(is.keys, was.keys), after)
  const fixed = is.unlisted > 0 ? [] : named(without(was.keys, is.keys), before)
  const unlisted = was.unlisted + is.unlisted > 0 ? { before: was.unlisted, after: is.unlisted } : undefined
  const alike = JSON.stringify(was) === JSON.stringify(is)
  if (broke.length === 0 && fixed.length === 0 && (!unlisted || alike)) return undefined
  const tableChanged = blockOf(before, 'rates')?.table !== blockOf(after, 'rates')?.table
  return { broke, fixed, ...(tableChanged ? { tableChanged } : {}), ...(unlisted ? { unlisted } : {}) }
}

function failingOf(result: CheckResult): { keys: readonly string[]; unlisted: number } | undefined {
  const rates = blockOf(result, 'rates')
  if (!rates) return undefined
  const { failing, examples = [] } = blockOf(result, 'examples') ?? {}
  const keys = failing ?? examples.flatMap((example) => example.case ?? [])
  return { keys, unlisted: Math.max(0, rates.overall.failed + rates.overall.errors - keys.length) }
}

/** The keys that the others do not have, one for one where cases share a key. */
function without(keys: readonly string[], others: readonly string[]): readonly string[] {
  const left = new Map<string, number>()
  for (const key of others) left.set(key, (left.get(key) ?? 0) + 1)
  return keys.filter((key) => {
    const count = left.get(key) ?? 0
    left.set(key, count - 1)
    return count <= 0
  })
}

/** Those whose input the run shows come first. */
function named(keys: readonly string[], result: CheckResult): readonly NamedCase[] {
  const { examples = [] } = blockOf(result, 'examples') ?? {}
  const shown = new Map(examples.map((example) => [example.case, example.name ?? example.input]))
  const cases = keys.map((key) => ({ key, name: /^[0-9a-f]{12}$/.test(key) ? (shown.get(key) ?? key) : key }))
  return cases.sort((a, b) => Number(shown.has(b.key)) - Number(shown.has(a.key)))
}
