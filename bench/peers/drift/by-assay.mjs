// `node by-assay.mjs <current> <reference>`: the columns that drifted.
import { argv } from 'node:process'
import { root } from '../../lib.mjs'

const { dataset, evaluate, noDriftFrom } = await import(new URL('dist/src/index.js', `file://${root}/`).href)
const results = await evaluate(noDriftFrom(dataset(argv[2]), dataset(argv[3])))
const verdict = results.filter(({ status }) => status === 'fail').map(({ subject }) => subject.column)
console.log(JSON.stringify({ verdict: verdict.sort() }))
process.exit(0)
