import {
  type Engine,
  type MemoryBatch,
  type QueryOptions,
  ROW_NUMBER,
  type SourceFinding,
  type SourceFindings,
} from '../../engine/engine.ts'
import { id, join, type Sql, sql } from '../../sql/sql.ts'
import { eachWithinTime } from '../../sql/withinTime.ts'
import { KEPT } from '../findings.ts'
import { linesOf, type LinesTable } from './lines.ts'

const BATCH = 8192

/** A file's lines as a table with `n`, `line` and a list `g` of the groups' texts; null for a group without text. */
export interface MatchedFile {
  readonly file: string
  readonly matched: Sql
  findings(options: QueryOptions): Promise<SourceFindings>
}

/** What could not be read of a file of lines: bytes that are no text, and lines that don't match. */
export function unmatched(
  file: string,
  lost: readonly SourceFinding[],
  count: number,
  first: readonly (readonly [line: number, text: string])[],
): SourceFindings {
  const unmatched = first.map(
    ([line, text]): SourceFinding => ({ kind: 'line', reason: 'does not match the pattern', file, line, text }),
  )
  const all = [...lost.slice(0, KEPT), ...unmatched].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return { total: count + lost.length, rowsLost: count + lost.length, first: all.slice(0, KEPT) }
}

/** The lines that match, by JavaScript: for patterns whose meaning the engine can't keep. */
export async function matchedLines(
  engine: Engine,
  { file, path, lost }: LinesTable,
  names: readonly string[],
  regex: RegExp,
  options: QueryOptions,
): Promise<MatchedFile> {
  let others = 0
  const first: (readonly [number, string])[] = []
  async function batch(lines: readonly (readonly [line: number, text: string])[]): Promise<MemoryBatch> {
    const values: unknown[][] = ['line', ...names].map(() => [])
    const what = `the pattern of ${JSON.stringify(file)}`
    const matches = await eachWithinTime(what, lines, ([, text]) => regex.exec(text), options)
    matches.forEach((match, at) => {
      const [line, text] = lines[at] as readonly [number, string]
      const groups = match?.groups
      if (!groups) {
        others++
        if (first.length < KEPT) first.push([line, text.slice(0, 80)])
        return
      }
      values[0]?.push(line)
      names.forEach((name, i) => values[i + 1]?.push(groups[name] || null))
    })
    return { rowCount: values[0]?.length ?? 0, values }
  }
  async function* batches() {
    let lines: (readonly [number, string])[] = []
    for await (const { line, text, problem } of linesOf({ file, path }, options.signal)) {
      if (problem !== undefined || text === '') continue
      lines.push([line, text])
      if (lines.length < BATCH) continue
      yield await batch(lines)
      lines = []
    }
    yield await batch(lines)
  }
  const columns = names.map((_, i) => ({ name: `g${i}`, type: 'string' as const }))
  const table = { columns: [{ name: 'line', type: 'integer' as const }, ...columns], batches: batches() }
  const { numbered } = await engine.load(table, options)
  const list = join(columns.map(({ name }) => id(name)))
  return {
    file,
    matched: sql`(select ${id(ROW_NUMBER)} as n, line, [${list}] as g from ${numbered ?? sql``})`,
    findings: async () => unmatched(file, lost, others, first),
  }
}
