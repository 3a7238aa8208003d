// Arrow for the fuzz: files, streams and Feather with LZ4 and Zstandard, their bytes mutated. A damaged file may be
// refused or have findings; one that opens without has the rows of the one it was.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { root } from '../lib.mjs'
import { mutateBytes } from './judge.mjs'

export { damagedFaultOf as faultOf } from './judge.mjs'

export const ending = 'arrow'
export const options = {}

const bases = []
let made

export async function prepare() {
  const folder = join(root, 'test/fixtures/fidelity')
  const names = readdirSync(folder).filter((name) =>
    /^(integers|texts|nested|decimals)\..*\.(arrow|arrows|feather)$/.test(name),
  )
  for (const name of names) bases.push({ bytes: readFileSync(join(folder, name)) })
  for (const length of [0, 1, 100]) {
    const table = tableFromArrays({
      n: Float64Array.from({ length }, (_, i) => i / 3),
      s: Array.from({ length }, (_, i) => `v${i % 7}`),
    })
    for (const kind of ['file', 'stream']) bases.push({ bytes: Buffer.from(tableToIPC(table, kind)), rows: length })
  }
}

export function make(random) {
  made = bases[Math.floor(random() * bases.length)]
  return made.bytes
}

let changed = false
export function mutate(random, bytes) {
  const out = mutateBytes(random, bytes)
  changed = !out.equals(bytes)
  return out
}

export function reference() {
  return made.rows === undefined ? { unsure: true } : { rows: made.rows, damaged: changed }
}
