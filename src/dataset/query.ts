import { createHash } from 'node:crypto'
import type { Engine, QueryOptions } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { fingerprintSql, render } from '../sql/render.ts'
import { id, isSql, isTable, join, mapHoles, type Sql, sql } from '../sql/sql.ts'
import { oneSelect } from './authorSql.ts'
import type { Dataset } from './model.ts'
import { describeSql } from './filter.ts'
import { namedIn } from './personal.ts'
import { hiddenSql, onOneLine } from './sliceWords.ts'
import { lock, refusal } from '../formats/lockedEngine.ts'
import { queryFindings } from './queryFindings.ts'
import type { Ancestry, SourceKind } from '../formats/source.ts'
import { fingerprintOf, filesOf, relationOf, relationOn, versionOf } from './opened.ts'

const SUBJECT = 'the query'

/**
 * A query of a test author over datasets, which stand in it as holes. It is one SELECT, and runs once, on an engine
 * of its own that reads the files of those datasets and nothing else.
 */
export const query: SourceKind = {
  name: 'query',
  options: {},
  reads: 'queries written as sql`select … from ${orders}`',
  accepts: (source) => isSql(source),
  identity: { exact: (source) => source },
  label: (source) => {
    const { inputs, hidden } = ancestryOf(source as Sql)
    return inputs.some((input) => input.pii.length > 0) ? hidden : onOneLine(describeSql(source as Sql))
  },
  ancestry: (source) => ancestryOf(source as Sql),
  files: async (source) => (await Promise.all(ancestryOf(source as Sql).inputs.map((input) => filesOf(input)))).flat(),
  async snapshot(source) {
    const inputs = ancestryOf(source as Sql).inputs
    const versions = await versionsOf(inputs)
    return { same: async () => (await versionsOf(inputs)).every((version, i) => version === versions[i]) }
  },
  async fingerprint(source) {
    const inputs = ancestryOf(source as Sql).inputs
    const hash = createHash('sha256').update(fingerprintSql(withoutInputs(source as Sql, inputs)))
    let isSampled = false
    for (const input of inputs) {
      const own = await fingerprintOf(input)
      if (own === undefined) return undefined
      isSampled ||= own.includes('sampled')
      hash.update(`\n${input.slice ?? ''}\n${own}`)
    }
    return `${isSampled ? 'sampled-query' : 'query'}:${hash.digest('hex').slice(0, 32)}`
  },
  async open(source, { pii }) {
    const written = source as Sql
    const { inputs } = ancestryOf(written)
    if (pii === undefined) refuseNamed(ancestryOf(written))
    return {
      made: (columns) => madeBy(inputs, columns),
      async engine() {
        const { createDuckDB } = await import('../engine/duckdb.ts')
        return createDuckDB({ memoryShare: 0.5 })
      },
      async relation(engine, options) {
        await oneSelect(withoutInputs(written, inputs), inputs.map(placeholder), engine, options)
        const inner = await inlined(written, inputs, engine)
        await lock(engine, (await Promise.all(inputs.map((input) => filesOf(input)))).flat())
        const relation = await ran(inner, engine, options)
        return { ...relation, findings: (query) => queryFindings(withoutInputs(written, inputs), inputs, query) }
      },
      inline: (engine) => inlined(written, inputs, engine),
    }
  },
}

async function ran(inner: Sql, engine: Engine, options: QueryOptions | undefined) {
  try {
    await engine.query(sql`create temp table result as select * from (${inner}\n)`, options)
    const rowNumber = sql`rowid + 1`
    return await engine.relation(sql`result`, { rowNumber }, options)
  } catch (error) {
    throw refusal(error, SUBJECT) ?? error
  }
}

/** What a query makes of a personal column only its author knows. */
function refuseNamed({ inputs, text }: QueryAncestry): void {
  for (const input of inputs) {
    const named = namedIn(text, input.pii)
    if (named === undefined) continue
    throw new AssayError(
      'wrong-argument',
      `${SUBJECT} names ${JSON.stringify(named)}, a personal column of ${JSON.stringify(input.name)}`,
      { hint: 'say which columns of the result are personal: { pii: […] }, or { pii: [] } for none' },
    )
  }
}

/** The columns that are none of an input. */
async function madeBy(inputs: readonly Dataset[], columns: readonly string[]): Promise<readonly string[]> {
  const relations = await Promise.all(inputs.map((input) => relationOf(input)))
  const plain = new Set(relations.flatMap((relation) => relation.columns.map(({ name }) => name)))
  return columns.filter((name) => !plain.has(name))
}

interface QueryAncestry extends Ancestry {
  readonly inputs: readonly Dataset[]
}

const ancestries = new WeakMap<Sql, QueryAncestry>()

function ancestryOf(written: Sql): QueryAncestry {
  const known = ancestries.get(written)
  if (known) return known
  const inputs = inputsOf(written)
  const { text } = render(withoutInputs(written, inputs), { quote: () => '', param: () => '' })
  const ancestry = { inputs, text, hidden: onOneLine(hiddenSql(written)) }
  ancestries.set(written, ancestry)
  return ancestry
}

const versionsOf = (inputs: readonly Dataset[]): Promise<readonly object[]> =>
  Promise.all(inputs.map((input) => versionOf(input)))

function inputsOf(written: Sql): readonly Dataset[] {
  const inputs = new Set<Dataset>()
  mapHoles(written, (hole) => {
    if (isTable(hole)) inputs.add(hole as Dataset)
    return hole
  })
  return [...inputs]
}

const placeholder = (_: unknown, place: number): string => `input ${place + 1}`

/** The query with the datasets as names, to be looked at. */
function withoutInputs(written: Sql, inputs: readonly Dataset[]): Sql {
  return mapHoles(written, (hole) => {
    const place = inputs.indexOf(hole as Dataset)
    return place < 0 ? hole : id(placeholder(hole, place))
  })
}

/** The query with the datasets as tables of the engine. */
async function inlined(written: Sql, inputs: readonly Dataset[], engine: Engine): Promise<Sql> {
  const tables = new Map<unknown, Sql>()
  for (const input of inputs) {
    const { columns, from } = await relationOn(input, engine)
    if (columns.length === 0)
      throw new AssayError('wrong-argument', `${SUBJECT} reads ${JSON.stringify(input.name)}, which has no columns`)
    tables.set(input, sql`(select ${join(columns.map(({ name }) => id(name)))} from ${from})`)
  }
  return mapHoles(written, (hole) => tables.get(hole) ?? hole)
}
