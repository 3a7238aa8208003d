import type { QueryOptions, Relation } from '../../engine/engine.ts'
import { Askers } from '../../metrics/askers.ts'
import { computed } from '../../metrics/run.ts'
import { setImmediate } from '../../realTimers.ts'
import { type Front, withFront } from './front.ts'
import { type FoundRows, foundRows, rowsAt, rowsOf } from './foundRows.ts'
import { frontFailures } from './frontFailures.ts'
import { lateRows } from './lateRows.ts'
import type { RowsWanted, Sought } from './rowsWanted.ts'

interface Pending {
  readonly wanted: RowsWanted
  resolve(found: FoundRows): void
  reject(error: unknown): void
}

interface Batch {
  readonly pending: Pending[]
  readonly askers: Askers
}

/** Checks that one query looks for. */
const CHECKS_A_QUERY = 50
/** Checks that are looked for among the first rows in less time than it takes to start a thread. */
const FEW_CHECKS = 4
const batches = new WeakMap<Relation, Batch>()

/**
 * The first failing rows of a numbered relation in its order, and the commonest values in them. What is asked before
 * the event loop turns is looked up together: among the first rows of the source first, then, for what fails seldom, in
 * one pass over all of them.
 */
export function failingRows(relation: Relation, wanted: RowsWanted, { signal }: QueryOptions): Promise<FoundRows> {
  return new Promise((resolve, reject) => {
    let batch = batches.get(relation)
    if (!batch) {
      batch = { pending: [], askers: new Askers() }
      batches.set(relation, batch)
      // Columns are judged in several queries; those that fail are looked at together, what is asked of the last among them.
      setImmediate(() => void computed(relation).then(() => setImmediate(() => void flush(relation))))
    }
    batch.pending.push({ wanted, resolve, reject })
    batch.askers.join(signal)
  })
}

async function flush(relation: Relation): Promise<void> {
  const { pending, askers } = batches.get(relation) as Batch
  batches.delete(relation)
  askers.begin()
  const { signal } = askers
  const known = pending.filter(({ wanted }) => !isSought(wanted))
  const sought = pending.filter(({ wanted }) => isSought(wanted))
  try {
    await answered(known, (wanted) => rowsKnown(relation, wanted, { signal }))
    if (sought.length === 0) return
    await withFront(relation, { signal }, async (front) => {
      const late = front
        ? await answered(sought, (wanted) => firstRows(relation, front, wanted as readonly Sought[], { signal }))
        : sought
      // All of them at once, since each scan reads the whole source.
      await answered(late, (wanted) => lateRows(relation, wanted as readonly Sought[], { signal }), late.length)
    })
  } catch (error) {
    for (const one of pending) one.reject(error)
  } finally {
    askers.end()
  }
}

const isSought = (wanted: RowsWanted): wanted is Sought => !Array.isArray(wanted.where)

/** Answers those that something is found for; hands over the others. */
async function answered(
  pending: readonly Pending[],
  find: (wanted: readonly RowsWanted[]) => Promise<readonly (FoundRows | undefined)[]>,
  size = CHECKS_A_QUERY,
): Promise<readonly Pending[]> {
  const left: Pending[] = []
  for (const part of parts(pending, size)) {
    try {
      const answers = await find(part.map(({ wanted }) => wanted))
      part.forEach((one, i) => {
        const answer = answers[i]
        if (answer) one.resolve(answer)
        else left.push(one)
      })
    } catch (error) {
      for (const one of part) one.reject(error)
    }
  }
  return left
}

/** Rows whose numbers are known; their commonest values are counted over them. */
async function rowsKnown(
  relation: Relation,
  wanted: readonly RowsWanted[],
  options: QueryOptions,
): Promise<readonly FoundRows[]> {
  const numbers = wanted.map(({ where }) => where as readonly number[])
  const rows = await rowsAt(relation, rowsOf(relation), { wanted, numbers }, options)
  return wanted.map((one, i) => foundRows(rows[i] ?? [], one))
}

function parts<T>(list: readonly T[], size: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size))
}

/** The rows of those that fail often enough among the first rows of the source, or nowhere else. */
async function firstRows(
  relation: Relation,
  front: Front,
  wanted: readonly Sought[],
  { signal }: QueryOptions,
): Promise<readonly (FoundRows | undefined)[]> {
  const options = { signal, ...(wanted.length > FEW_CHECKS ? { oneThread: true } : { anyThreads: true }) }
  const failures = await frontFailures(front.relation, wanted, options)
  const enough = wanted.map(
    ({ most, total }, i) => front.whole || (failures[i]?.numbers.length ?? 0) >= Math.min(most, total),
  )
  const numbers = failures.map((failure, i) => (enough[i] ? failure.numbers : []))
  const rows = await rowsAt(relation, rowsOf(front.relation), { wanted, numbers }, { signal, anyThreads: true })
  return enough.map((is, i) => (is ? { rows: rows[i] ?? [], common: failures[i]?.common } : undefined))
}
