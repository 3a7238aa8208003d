// Mutated files of a format against a strict reader: `node bench/fuzz.mjs --format csv --files 5000 --seed 1`.
// No crash, no hang, no death of the engine, and no other rows than the strict reader's without a finding.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { faultOf, randomFrom } from './fuzz/judge.mjs'
import { build, built, withFolder } from './lib.mjs'

const { values } = parseArgs({
  options: {
    format: { type: 'string', default: 'csv' },
    files: { type: 'string', default: '5000' },
    seed: { type: 'string', default: String(Date.now() % 1e9) },
    built: { type: 'boolean', default: false },
  },
})
if (!values.built) build()
const format = await import(`./fuzz/${values.format}.mjs`)
const { dataset } = await built('src/dataset/dataset.js')
const seed = Number(values.seed)
const files = Number(values.files)
const SLOW = 10_000

let faults = 0
let refused = 0
await withFolder(async (folder) => {
  for (let i = 0; i < files; i++) {
    const random = randomFrom(seed + i)
    const bytes = format.mutate(random, format.make(random))
    const path = join(folder, `${i}.${format.ending}`)
    writeFileSync(path, bytes)
    const expected = format.reference(bytes)
    if (expected.problem !== undefined) refused++
    let timer
    const slow = new Promise((resolve) => (timer = setTimeout(resolve, SLOW, `took longer than ${SLOW / 1000} s`)))
    const fault = await Promise.race([faultOf(dataset(path, format.options), expected), slow])
    clearTimeout(timer)
    if (fault === undefined) continue
    faults++
    console.log(`seed ${seed + i}: ${fault}\n  ${JSON.stringify(bytes.toString('latin1')).slice(0, 400)}`)
    if (faults >= 10) break
  }
})
const { maxRSS } = process.resourceUsage()
console.log(
  `${files} ${values.format} files from seed ${seed}: ${refused} refused by the strict reader, ${faults} faults, ${Math.round(maxRSS / 1024)} MB`,
)
process.exit(faults > 0 ? 1 : 0)
