// Runs a vitest project and adds what its tests came to.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { watchedTool } from './run.mjs'

export const newTotals = () => ({ passed: 0, failed: 0, skipped: 0 })

/** Adds the totals of one part to those of the whole. */
export function add(totals, part) {
  for (const name of Object.keys(totals)) totals[name] += part[name]
}

/** Runs the tests under a folder of the repository; a run that ends badly counts as a failure, whatever it reports. */
export async function suite(root, folder, totals) {
  const report = join(folder, 'vitest.json')
  rmSync(report, { force: true })
  const args = ['run', '--root', root, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = await watchedTool('vitest', args)
  const { failed: before } = totals
  if (existsSync(report)) count(report, totals)
  if (status !== 0 && totals.failed === before) totals.failed++
}

function count(report, totals) {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  add(totals, { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests })
}

/** Prints the line that closes a command of many parts, and ends the process with it. */
export function closing({ passed, failed, skipped }) {
  console.log(`\n${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`)
  process.exit(failed > 0 || passed === 0 ? 1 : 0)
}
