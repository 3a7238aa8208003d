import { createHash, randomUUID } from 'node:crypto'
import { id, type Sql, sql } from '../sql/sql.ts'
import { bound } from './bound.ts'
import type { Engine, LastingRows, LastingTable, QueryOptions, SourceRows } from './engine.ts'
import type { LastingTables } from './engineSession.ts'
import { everywhere, isTelling } from './keptAnswers.ts'
import { dropTable, temporaryTable } from './temporaryTable.ts'

/** One thing after another in a session. */
type InTurn = <T>(options: QueryOptions, work: () => Promise<T>) => Promise<T>

/** Tables of a session, which is also that of the next test files where they share a host. */
export class SessionRows implements LastingRows {
  private readonly engine: Engine
  private readonly tables: LastingTables
  private readonly inTurn: InTurn
  /** How many read a table, by its name. */
  private readonly users = new Map<string, number>()
  /** What is done last with a table, by its name. */
  private readonly turns = new Map<string, Promise<void>>()

  constructor(engine: Engine, tables: LastingTables, inTurn: InTurn) {
    this.engine = engine
    this.tables = tables
    this.inTurn = inTurn
  }

  async areNeededAgain({ query, state }: SourceRows, options: QueryOptions = {}): Promise<boolean> {
    const name = this.nameOf(query, state())
    if (name === undefined) return false
    return this.inTurn(options, () => this.tables.isNeededAgain(name))
  }

  async table(rows: SourceRows, options: QueryOptions = {}): Promise<LastingTable | undefined> {
    const before = rows.state()
    const name = this.nameOf(rows.query, before)
    if (name === undefined) return undefined
    return this.afterOthers(name, async () => {
      const isFound = await this.inTurn(options, () => this.tables.use(name))
      const isSame = (): boolean => rows.state() === before
      if (!isFound && !(await this.isMade(name, rows.query, isSame, options))) return undefined
      this.users.set(name, (this.users.get(name) ?? 0) + 1)
      let left: Promise<void> | undefined
      return { table: id(name), isFound, drop: () => (left ??= this.afterOthers(name, () => this.leave(name))) }
    })
  }

  /** It is dropped with its last user. */
  private async leave(name: string): Promise<void> {
    const others = (this.users.get(name) ?? 0) - 1
    this.users.set(name, others)
    if (others > 0) return
    this.users.delete(name)
    await dropTable(this.engine, name)
  }

  /** What is done with a table is done once all is done that was begun before. */
  private afterOthers<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(name) ?? Promise.resolve()).then(work)
    const end = turn.then(nothing, nothing)
    this.turns.set(name, end)
    void end.then(() => this.turns.get(name) === end && this.turns.delete(name))
    return turn
  }

  /** It has its name only once it is whole, and its sources are what they were. */
  private async isMade(name: string, query: Sql, isSame: () => boolean, options: QueryOptions): Promise<boolean> {
    const { engine } = this
    const own = `assay_unnamed_${randomUUID()}`
    const { drop } = await temporaryTable(engine, own, (table) =>
      engine.query(sql`create table ${table} as ${query}`, options),
    )
    try {
      if (!isSame()) return false
      await this.inTurn(options, () => this.tables.keep(own, name))
      return true
    } finally {
      // Of one that has its name now there is nothing left to drop.
      await drop()
    }
  }

  private nameOf(query: Sql, state: string | undefined): string | undefined {
    const { engine } = this
    if (state === undefined) return undefined
    const { text, params } = bound(query, engine.dialect)
    if (!isTelling(text)) return undefined
    const about = JSON.stringify([engine.version, state, text, params?.map(everywhere)])
    return `assay_lasting_${createHash('sha256').update(about).digest('hex')}`
  }
}

const nothing = (): void => {}
