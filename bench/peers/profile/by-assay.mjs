// `node by-assay.mjs <path>`: extent and mean of the number columns, of a whole profile.
import { argv } from 'node:process'
import { root } from '../../lib.mjs'

const { dataset, profile } = await import(new URL('dist/src/index.js', `file://${root}/`).href)
const { columns } = await profile(dataset(argv[2]))
const numbers = columns.filter(({ mean }) => mean !== undefined)
const verdict = Object.fromEntries(numbers.map(({ name, min, max, mean }) => [name, [min, max, mean].map(Number)]))
console.log(JSON.stringify({ verdict }))
process.exit(0)
