import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate, rowCount } from '../../src/checks/index.ts'
import { matchesSchema } from '../../src/contracts/matchesSchema.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/noDriftFrom.ts'
import { createDuckDB } from '../../src/engine/duckdb.ts'
import { distribution } from '../../src/checks/kinds/distribution.ts'
import { id, literal, raw, sql } from '../../src/sql/sql.ts'
import { names } from '../conformance/awkward.ts'
import { checkCases } from '../conformance/cases.ts'
import { folderWith } from '../helpers/files.ts'

/** A value of each type that is spelled with values of the data. */
const values = {
  enumeration: `'ZQ one'::enum('ZQ one', 'ZQ, ''two')`,
  list: `['ZQ one'::enum('ZQ one', 'ZQ''), two')]`,
  struct: `{'ZQkey': 1, 'ZQ key': 'x'}`,
  'list of structs': `[{'ZQkey': 'ZQ one'::enum('ZQ one')}]`,
  union: `union_value(ZQkey := 1)`,
  map: `map {'ZQ one'::enum('ZQ one'): {'ZQkey': 1}}`,
}

/** A table whose columns, called as those that checks are asked of elsewhere, are all of one such type. */
async function tableOf(value: string): Promise<string> {
  const file = path.join(await folderWith({}), 'typed.duckdb')
  const engine = await createDuckDB()
  await engine.query(sql`attach ${literal(file)} as made`)
  const columns = names.map((name) => sql`${raw(value)} as ${id(name)}`)
  const list = columns.slice(1).reduce((all, one) => sql`${all}, ${one}`, columns[0] as (typeof columns)[0])
  await engine.query(sql`create table made.t as select ${list} from range(3)`)
  await engine.query(sql`detach made`)
  await engine.close()
  return file
}

test.for(Object.entries(values))(
  'the type of personal columns of a %s tells no value, whatever is asked',
  async ([, value]) => {
    const file = await tableOf(value)
    const data = dataset(file, { table: 't', name: 'typed', pii: names, key: 'id' })
    const numbers = dataset([Object.fromEntries(names.map((name) => [name, 1]))], { name: 'numbers' })
    const columns = names.map((name) => data.column(name))
    const checks = [
      ...Object.values(checkCases)
        .flat()
        .map((make) => make(data)),
      ...columns.flatMap((column) => [
        distribution(column, { zz: 0.5 }),
        distribution(column, 'normal'),
        noDriftFrom(column, column),
        noDriftFrom(column, column, { method: 'kolmogorovSmirnov' }),
        noDriftFrom(column, numbers.column(column.name)),
        noDriftFrom(data, data, { roles: { time: column.name } }),
        rowCount(data.where({ [column.name]: 3 }), 1),
      ]),
      noDriftFrom(data, numbers),
      matchesSchema(data, { properties: Object.fromEntries(names.map((name) => [name, { type: 'integer' }])) }),
    ]
    const results = await evaluate(checks)
    const said = results.map(({ sql: _, ...result }) => JSON.stringify(result))
    expect(said.filter((text) => text.includes('ZQ'))).toEqual([])
    expect(said.some((text) => /holds \w+ values/.test(text))).toBe(true)
    await expect(data.where({ small: 3 }).rows()).rejects.toThrow(/^(?!.*ZQ)/s)
  },
)
