import { countText, integer } from '../words/text/numbers.ts'
import { type Block, isCore, leastBlock } from './blocks/index.ts'
import type { RunResult } from './runDocument.ts'
import { worstFirst } from './worstFirst.ts'

/** The evidence of a run that finds room in its file. */
export interface KeptEvidence {
  readonly of: ReadonlyMap<RunResult, readonly Block[]>
  /** What was left out, as a sentence; undefined where nothing was. */
  readonly note?: string
}

/**
 * The evidence of results in at most so many bytes, core blocks aside, which are always kept: all of it where it fits. Else
 * a quarter of the room is for all that the worst results have, the rest for the least of the others, the first failing row say.
 */
export function keptEvidence(results: readonly RunResult[], room: number): KeptEvidence {
  const backed = results.filter(({ evidence }) => evidence.length > 0)
  const all = collecting(room)
  if (backed.every((result) => all.keep(result, result.evidence))) return all
  const some = collecting(room / 4)
  const left = worstFirst(backed).filter((result) => !some.keep(result, result.evidence))
  some.widen(room)
  const bare = left.filter((result) => !some.keep(result, leastOf(result)))
  some.widen(Number.POSITIVE_INFINITY)
  for (const result of bare) some.keep(result, result.evidence.filter(isCore))
  return {
    ...some,
    note: noteOf({ whole: backed.length - left.length, least: left.length - bare.length, none: bare.length }),
  }
}

const leastOf = ({ evidence }: RunResult): readonly Block[] => evidence.flatMap((block) => leastBlock(block) ?? [])

function noteOf({ whole, least, none }: Readonly<Record<'whole' | 'least' | 'none', number>>): string {
  const bare = none > 0 ? `; of ${integer(none)} there are only the numbers` : ''
  return `Failing rows, charts and examples of so many results are more than a run document holds: of ${countText(whole, 'result')} all are in it, of ${integer(least)} the first failing row${bare}. Judge fewer checks in one run to see the rest.`
}

/** Takes in the evidence of results as long as it fits. */
function collecting(room: number) {
  const kept = new Map<RunResult, readonly Block[]>()
  let most = room
  let used = 0
  return {
    of: kept,
    widen(wider: number): void {
      most = wider
    },
    keep(result: RunResult, evidence: readonly Block[]): boolean {
      const bytes = Buffer.byteLength(JSON.stringify(evidence))
      if (used + bytes > most) return false
      used += bytes
      kept.set(result, evidence)
      return true
    },
  }
}
