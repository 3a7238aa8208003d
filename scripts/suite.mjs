// Runs a vitest project and counts how its tests ended.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root, watchedTool } from './run.mjs'

/** Of each message that a failed test came with: a log is often all that is left of a run. */
const LINES = 12

/** Runs the tests under a folder of the repository; a run that ends badly counts as a failure, whatever it reports. */
export async function suite(project, folder, totals) {
  const report = join(folder, 'vitest.json')
  rmSync(report, { force: true })
  const args = ['run', '--root', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = await watchedTool('vitest', args)
  const { failed: before } = totals
  if (existsSync(report)) count(JSON.parse(readFileSync(report, 'utf8')), totals)
  if (status !== 0 && totals.failed === before) totals.count('failed', `vitest in ${project}: ended with ${status}`)
}

function count({ testResults }, totals) {
  for (const { name, assertionResults } of testResults)
    for (const { status, fullName, failureMessages = [] } of assertionResults)
      totals.count(
        ['passed', 'failed'].includes(status) ? status : 'skipped',
        [`${relative(root, name)}: ${fullName.trim()}`, ...failureMessages.flatMap(start)].join('\n      '),
      )
}

/** The first lines of a message: what was expected, what came and where. */
function start(message) {
  return stripVTControlCharacters(message).split('\n').slice(0, LINES)
}
