import { isReserved, type Relation, type SourceFinding } from '../engine/engine.ts'
import { checkColumnCount } from './columnNames.ts'
import { listOf } from './findings.ts'

/** A column of a table, under a name of its own. */
export interface OwnName {
  readonly name: string
  /** Why the source's own name is not its name. */
  readonly reason?: string
  /** `warn` where that is what a common writer does: pandas leaves the name of its index blank. */
  readonly severity?: 'warn'
}

const key = (name: string): string => name.toLowerCase()

/**
 * The names of a table's columns, whatever it is read of. Names that differ by no more than case are the same to the
 * engine. A blank name becomes `column3` (its place), a repeated one gets the number of its occurrence: `a`, `a_2`; NULs
 * are left out, and so are the underscores before names that are kept for added columns: `__assay_row`. Throws an
 * AssayError for more columns than a table may have. `of` says what has them.
 */
export function ownNames(header: readonly string[], of: string): readonly OwnName[] {
  checkColumnCount(header.length, of)
  const taken = new Set(header.map(key))
  const free = (name: string): string => {
    let own = name
    for (let i = 2; taken.has(key(own)); i++) own = `${name}_${i}`
    taken.add(key(own))
    return own
  }
  const blank = (name: string): boolean => name.replaceAll('\0', '').trim() === ''
  const index = header.length > 1 && header.findIndex(blank) === 0 && header.findLastIndex(blank) === 0
  const seen = new Map<string, { place: number; count: number }>()
  return header.map((written, i): OwnName => {
    const name = written.replaceAll('\0', '')
    if (blank(name)) {
      const own = free(`column${i + 1}`)
      const why = index ? ', as the index that pandas writes has none' : ''
      const reason = `column ${i + 1} has no name${why}: it is called ${JSON.stringify(own)}`
      return { name: own, reason, ...(index ? { severity: 'warn' } : {}) }
    }
    if (isReserved(name)) {
      const own = free(name.slice(2))
      return {
        name: own,
        reason: `column ${i + 1} begins with ${JSON.stringify(name.slice(0, 8))} in its name, which Assay keeps for columns of its own: it is called ${JSON.stringify(own)}`,
      }
    }
    const before = seen.get(key(name))
    if (!before) {
      seen.set(key(name), { place: i + 1, count: 1 })
      if (name === written) return { name }
      return { name, reason: `column ${i + 1} has a NUL in its name: it is called ${JSON.stringify(name)}` }
    }
    before.count++
    const own = taken.has(key(`${name}_${before.count}`)) ? free(name) : free(`${name}_${before.count}`)
    return {
      name: own,
      reason: `column ${i + 1} has the name of column ${before.place}: it is called ${JSON.stringify(own)}`,
    }
  })
}

/** A finding for each column whose name is not the source's own. `place` says where those stand. */
export function nameFindings(
  names: readonly OwnName[],
  place: Pick<SourceFinding, 'file' | 'line' | 'text'>,
): readonly SourceFinding[] {
  return names.flatMap(({ name, reason, severity }) =>
    reason === undefined ? [] : [{ kind: 'header', reason, column: name, ...place, ...(severity ? { severity } : {}) }],
  )
}

/** A relation with what was found about the names of its columns. */
export function withFindings(relation: Relation, findings: readonly SourceFinding[]): Relation {
  return findings.length === 0 ? relation : { ...relation, findings: async () => listOf(findings) }
}
