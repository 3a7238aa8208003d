import { bound, inPlace } from '../../src/engine/bound.ts'
import type { Relation } from '../../src/engine/engine.ts'
import { written } from '../../src/sql/render.ts'

/** The SQL that some work asks of a relation's engine, as the engine runs it. */
export async function queriesOf({ engine }: Relation, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = []
  const late: Promise<void>[] = []
  const own = engine.query.bind(engine)
  engine.query = (query, options) => {
    // What is answered in another way is asked in it.
    if (options?.by) return own(query, options)
    const at = seen.push(written(query, engine.dialect)) - 1
    const answer = own(query, options)
    const { standIns } = bound(query, engine.dialect)
    const asRun = async (): Promise<void> => {
      seen[at] = written(query, engine.dialect, await inPlace(standIns, {}))
    }
    if (standIns.size > 0) late.push(answer.then(asRun, () => {}))
    return answer
  }
  try {
    await work()
    await Promise.all(late)
  } finally {
    engine.query = own
  }
  return seen
}
