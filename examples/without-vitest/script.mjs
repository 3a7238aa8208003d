// A plain script: node script.mjs. Ends with 1 when something fails.
import { fileURLToPath } from 'node:url'
import { evaluate, readWaivers, waiverText } from 'assay'
import { checks } from './checks.mjs'

const waivers = await readWaivers(fileURLToPath(new URL('assay.waivers.json', import.meta.url)), { optional: true })

for (const result of await evaluate(checks, { waivers })) {
  const { status, subject, title, measured, blocking } = result
  const name = [subject.name, subject.column].filter(Boolean).join('.')
  console.log([status, `${name}: ${title}`, measured, waiverText(result)].filter(Boolean).join('  '))
  if (blocking) process.exitCode = 1
}
