// Runs a vitest project and counts how its tests ended.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { root, watched } from './run.mjs'

/** Of each message that a failed test came with: a log is often all that is left of a run. */
const LINES = 12

/** Runs the tests under a folder of the repository; a run that ends badly counts as a failure, whatever it reports. */
export const suite = (project, folder, totals) => counted(['run', '--root', project], folder, totals, { name: project })

/** Runs the short tests of some folders by another Node than the one at hand, whose built-in types may be more. */
export function onNode({ node }, folders, folder, totals) {
  const { ASSAY_SUITE: _, ...env } = process.env
  return counted(['run', ...folders], folder, totals, { name: 'current Node', node, env })
}

async function counted(args, folder, totals, { name, node = process.execPath, env }) {
  const report = join(folder, 'vitest.json')
  rmSync(report, { force: true })
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const { status } = await watched(node, ['node_modules/vitest/vitest.mjs', ...args, ...reporters], env)
  const { failed: before } = totals
  if (existsSync(report)) count(JSON.parse(readFileSync(report, 'utf8')), totals)
  if (status !== 0 && totals.failed === before) totals.count('failed', `vitest in ${name}: ended with ${status}`)
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
