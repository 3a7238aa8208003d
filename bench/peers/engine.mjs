// DuckDB as a user would start it by hand, with nothing of the package.
import { createRequire } from 'node:module'

export async function connect() {
  const { DuckDBInstance } = createRequire(import.meta.url)('@duckdb/node-api')
  return (await DuckDBInstance.create(':memory:')).connect()
}
