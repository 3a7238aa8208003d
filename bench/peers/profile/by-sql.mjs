import { argv } from 'node:process'
import { connect } from '../engine.mjs'

const [path] = argv.slice(2)
const from = path.endsWith('.csv') ? `read_csv('${path}')` : `read_parquet('${path}')`
const rows = (await (await connect()).runAndReadAll(`summarize select * from ${from}`)).getRowObjectsJS()
const isNumber = ({ column_type: type }) => /INT|DOUBLE/.test(type)
const verdict = Object.fromEntries(
  rows.filter(isNumber).map(({ column_name: name, min, max, avg }) => [name, [min, max, avg].map(Number)]),
)
console.log(JSON.stringify({ verdict }))
process.exit(0)
