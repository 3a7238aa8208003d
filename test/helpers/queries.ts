import type { Relation } from '../../src/engine/engine.ts'
import { written } from '../../src/sql/render.ts'

/** The SQL that some work asks of a relation's engine. */
export async function queriesOf({ engine }: Relation, work: () => Promise<unknown>): Promise<readonly string[]> {
  const seen: string[] = []
  const own = engine.query.bind(engine)
  engine.query = (query, options) => {
    // What is answered in another way is asked in it.
    if (!options?.by) seen.push(written(query, engine.dialect))
    return own(query, options)
  }
  try {
    await work()
  } finally {
    engine.query = own
  }
  return seen
}
