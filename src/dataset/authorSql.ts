import type { Engine, QueryOptions } from '../engine/engine.ts'
import { AssayError, firstLine } from '../errors.ts'
import { render } from '../sql/render.ts'
import { type Sql, sql } from '../sql/sql.ts'
import { checkReach, partsOf } from './reach.ts'

/** The engine's own reading of a query, as far as it matters here. */
interface Parsed {
  readonly error: boolean
  readonly error_message?: string
  readonly statements?: readonly { readonly node: Readonly<Record<string, unknown>> }[]
}

/**
 * Throws unless the SQL of a test author is one SELECT over the tables and values. Run it on an engine that is locked to
 * its inputs all the same.
 */
export async function oneSelect(
  query: Sql,
  tables: readonly string[],
  engine: Engine,
  options: QueryOptions = {},
): Promise<void> {
  const { error, error_message: words = '', statements = [] } = await parsed(query, engine, options)
  if (error) {
    const other = /only select statements/i.test(words)
    throw new AssayError(
      'wrong-argument',
      other
        ? 'dataset(sql`…`) got SQL that is no SELECT'
        : `dataset(sql\`…\`) got SQL that cannot be parsed: ${firstLine(words)}`,
      {
        hint: 'a dataset is one SELECT over datasets: dataset(sql`select … from ${orders}`)',
      },
    )
  }
  if (statements.length !== 1)
    throw new AssayError('wrong-argument', `dataset(sql\`…\`) got ${statements.length} statements`, {
      hint: 'a dataset is one SELECT',
    })
  checkReach(statements, 'the query', tables)
}

/** Who asks for a condition, and how one is written there. */
export interface ConditionAsker {
  readonly name: string
  readonly example: string
}

const filtering: ConditionAsker = { name: 'where(sql`…`)', example: 'where(sql`amount > ${10}`)' }

/**
 * Throws unless the SQL of a test author is one condition over the columns of a row, which reads nothing else. Returns the
 * engine's own reading of it.
 */
export async function oneCondition(
  condition: Sql,
  engine: Engine,
  options: QueryOptions = {},
  asker: ConditionAsker = filtering,
): Promise<unknown> {
  const wrong = (found: string, hint = `write one condition over the columns, e.g. ${asker.example}`): AssayError =>
    new AssayError('wrong-argument', `${asker.name} got ${found}`, { hint })
  const {
    error,
    error_message: words = '',
    statements = [],
  } = await parsed(
    // Not in parentheses, of which it could close the first and open the last.
    sql`select 1 from t where ${condition}`,
    engine,
    options,
  )
  if (error) throw wrong(`SQL that cannot be parsed: ${firstLine(words)}`)
  const node = statements[0]?.node
  if (statements.length !== 1 || !node || !isPlain(node)) throw wrong('more than one condition')
  for (const { class: kind } of partsOf(node.where_clause))
    if (kind === 'SUBQUERY')
      throw wrong('a condition with a query in it', 'compare with other data in dataset(sql`select … from ${orders}`)')
  checkReach(node.where_clause, asker.name, [])
  return node.where_clause
}

async function parsed(query: Sql, engine: Engine, options: QueryOptions): Promise<Parsed> {
  const { text } = render(query, engine.dialect)
  const [row] = await engine.query(sql`select json_serialize_sql(cast(${text} as varchar))`, options)
  return JSON.parse(String(row?.[0])) as Parsed
}

/** `select 1 from t where …` and nothing more. */
function isPlain(node: Readonly<Record<string, unknown>>): boolean {
  const table = node.from_table as { type?: string; table_name?: string; sample?: unknown } | undefined
  const list = (name: string): number => ((node[name] ?? []) as unknown[]).length
  const withs = (node.cte_map as { map?: unknown[] } | undefined)?.map ?? []
  return (
    node.type === 'SELECT_NODE' &&
    table?.type === 'BASE_TABLE' &&
    table.table_name === 't' &&
    !table.sample &&
    withs.length === 0 &&
    list('modifiers') === 0 &&
    list('group_expressions') === 0 &&
    list('group_sets') === 0 &&
    list('select_list') === 1 &&
    !node.having &&
    !node.qualify &&
    !node.sample &&
    node.aggregate_handling === 'STANDARD_HANDLING'
  )
}
