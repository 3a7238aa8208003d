import { existsSync, readdirSync, readlinkSync, renameSync } from 'node:fs'
import path from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { evaluate, rowCount } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { createDuckDB } from '../../../src/engine/duckdb.ts'
import { temporarySubfolder } from '../../../src/engine/temporary.ts'
import { literal, raw, sql } from '../../../src/sql/sql.ts'
import { until } from '../../helpers/until.ts'

const OPEN = '/proc/self/fd'
const linkAt = (file: string): string => {
  try {
    return readlinkSync(file)
  } catch {
    return ''
  }
}

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

test.runIf(existsSync(OPEN))('a file that is written again and again is open once, as it is now', async () => {
  const folder = temporarySubfolder('rewritten')
  const file = path.join(folder, 'rows.duckdb')
  const rows = dataset(file, { table: 't' })
  for (let count = 1; count <= 6; count++) {
    const engine = await createDuckDB()
    const next = path.join(folder, `${count}.duckdb`)
    await engine.query(sql`attach ${literal(next)} as made`)
    await engine.query(sql`create table made.t as select * from range(${raw(String(count))})`)
    await engine.query(sql`detach made`)
    await engine.close()
    renameSync(next, file)
    // Until its time tells it from what it is written to next.
    await new Promise((resolve) => setTimeout(resolve, 60))
    const results = await evaluate([rowCount(rows, count), rowCount(dataset(file), count)])
    expect(results.map(({ status }) => status)).toEqual(['pass', 'pass'])
  }
  await until(() => {
    collect()
    return readdirSync(OPEN).filter((name) => linkAt(path.join(OPEN, name)).startsWith(folder)).length <= 1
  })
})
