import { createHash, randomUUID } from 'node:crypto'
import { sql } from '../sql/sql.ts'
import { bound } from './bound.ts'
import type { Engine, LastingRows, QueryOptions, SourceRows, TemporaryTable } from './engine.ts'
import type { LastingTables } from './engineSession.ts'
import { everywhere, isTelling } from './keptAnswers.ts'
import { temporaryTable } from './temporaryTable.ts'

/** Whether the engine is that of a run's host, which outlives its users. */
export const isHosted = (): boolean => process.env.ASSAY_ENGINE !== undefined

/** One thing after another in a session. */
type InTurn = <T>(options: QueryOptions, work: () => Promise<T>) => Promise<T>

/** Tables in a session that others have after this one: the next test file that needs the same rows finds them. */
export class SessionRows implements LastingRows {
  private readonly engine: Engine
  private readonly tables: LastingTables
  private readonly inTurn: InTurn

  constructor(engine: Engine, tables: LastingTables, inTurn: InTurn) {
    this.engine = engine
    this.tables = tables
    this.inTurn = inTurn
  }

  async areNeededAgain(rows: SourceRows, options: QueryOptions = {}): Promise<boolean> {
    const name = this.nameOf(rows)
    if (name === undefined) return false
    const { isThere, isNeededAgain } = await this.inTurn(options, () => this.tables.need(name))
    return isThere || isNeededAgain
  }

  async table(rows: SourceRows, options: QueryOptions = {}): Promise<TemporaryTable | undefined> {
    const name = this.nameOf(rows)
    if (name === undefined) return undefined
    const { isThere } = await this.inTurn(options, () => this.tables.need(name))
    if (!isThere && !(await this.isMade(name, rows, options))) return undefined
    return temporaryTable(this.engine, name, async () => {})
  }

  /** It has its name only once it is whole, and its sources are what they were. */
  private async isMade(name: string, rows: SourceRows, options: QueryOptions): Promise<boolean> {
    const { engine } = this
    const own = `assay_unnamed_${randomUUID()}`
    const { drop } = await temporaryTable(engine, own, (table) =>
      engine.query(sql`create table ${table} as ${rows.query}`, options),
    )
    try {
      if (this.nameOf(rows) !== name) return false
      await this.inTurn(options, () => this.tables.keep(own, name))
      return true
    } finally {
      // Of one that has its name now there is nothing left to drop.
      await drop()
    }
  }

  private nameOf({ query, state }: SourceRows): string | undefined {
    const { engine } = this
    const before = state()
    const { text, params } = bound(query, engine.dialect)
    if (before === undefined || !isTelling(text)) return undefined
    const about = JSON.stringify([engine.version, before, text, params?.map(everywhere)])
    return `assay_lasting_${createHash('sha256').update(about).digest('hex')}`
  }
}
