// Parquet for the fuzz: files of several codecs and shapes, their bytes mutated, and the engine by itself.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { mutateBytes } from './judge.mjs'

export { damagedFaultOf as faultOf } from './judge.mjs'

export const ending = 'parquet'
export const options = {}

const bases = []
let connection

/** Writes the files that are mutated. */
export async function prepare(folder) {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  connection = await instance.connect()
  const shapes = [
    'i as id, i / 3 as x, md5(i::varchar) as t from range(200) r(i)',
    "[i, i + 1] as l, {'a': i, 'b': 'x' || i} as s, case when i % 3 = 0 then null else i end as n from range(50) r(i)",
    "i::decimal(18, 4) as d, date '2024-01-01' + i::int as day, i % 2 = 0 as b, 'v' || i % 5 as e from range(300) r(i)",
  ]
  for (const codec of ['snappy', 'zstd', 'uncompressed']) {
    for (const shape of shapes) {
      const file = join(folder, `base-${bases.length}.parquet`)
      await connection.run(`copy (select ${shape}) to '${file}' (format parquet, compression ${codec})`)
      bases.push(readFileSync(file))
    }
  }
}

export function make(random) {
  return bases[Math.floor(random() * bases.length)]
}

let damaged = false
export function mutate(random, bytes) {
  const out = mutateBytes(random, bytes)
  damaged = !out.equals(bytes)
  return out
}

export async function reference(_bytes, path) {
  try {
    const all = await connection.runAndReadAll(`select count(*), count(columns(*)) from read_parquet('${path}')`)
    return { rows: Number(all.getRowsJS()[0][0]), damaged }
  } catch (error) {
    // What the engine notices depends on what it reads: the file's end, a page's checksum, a value.
    return { problem: error.message.split('\n', 1)[0], unsure: true }
  }
}
