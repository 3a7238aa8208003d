// Writes the contract's data: `node generate.mjs <rows> <format> <path>`, in a process of its own.
import { DuckDBInstance } from '@duckdb/node-api'
import { generate } from './contractSpec.mjs'

const [rows, format, path] = process.argv.slice(2)
const instance = await DuckDBInstance.create(':memory:')
const connection = await instance.connect()
await connection.run(generate(Number(rows), path, format))
console.log('{}')
process.exit(0)
