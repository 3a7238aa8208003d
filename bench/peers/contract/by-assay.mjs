// `node by-assay.mjs <path>`: how many rows break each constraint, by this package.
import { argv } from 'node:process'
import { root } from '../../lib.mjs'
import { checksOf } from './checks.mjs'

const assay = await import(new URL('dist/src/index.js', `file://${root}/`).href)
const { names, checks } = checksOf(assay, assay.dataset(argv[2], { key: 'id' }))
const results = await assay.evaluate(checks)
const verdict = Object.fromEntries(results.map(({ counts }, i) => [names[i], counts.failed]))
console.log(JSON.stringify({ verdict }))
process.exit(0)
