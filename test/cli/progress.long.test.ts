import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { progressLine } from '../../src/cli/progress.ts'
import { builtCli, plainEnvironment } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const MB = (value: number): string => `${value} MB`

test('share, rate and remaining time come from what was done since it was first seen', () => {
  const line = progressLine('big', 0)
  expect(line({ done: 100, total: 1000, amount: MB }, 1000)).toBe('big  1 s')
  expect(line({ done: 300, total: 1000, amount: MB }, 3000)).toBe('big  3 s  30 %  100 MB/s  7 s left')
  expect(line({ done: 500, total: 1000 }, 3000)).toBe('big  3 s  50 %  3 s left')
})

test('new work starts a rate of its own, and nothing is claimed while nobody can tell', () => {
  const line = progressLine('big', 0)
  line({ done: 100, total: 1000 }, 1000)
  expect(line({ done: 900, total: 1000 }, 2000)).toBe('big  2 s  90 %  0 s left')
  expect(line({ done: 10, total: 1000 }, 3000)).toBe('big  3 s')
  expect(line({ done: 20, total: 1000 }, 4000)).toBe('big  4 s  2 %  1 min 38 s left')
  expect(line(undefined, 5000)).toBe('big  5 s')
  expect(line({ done: 20, total: 1000 }, 6000)).toBe('big  6 s')
})

test('a name steers no terminal', () => {
  expect(progressLine('a\u001b[2J', 0)(undefined, 0)).toBe('a\\u001b[2J  0 s')
})

// From util-linux: gives a process a terminal.
const terminal = 'script'
const hasTerminal = spawnSync(terminal, ['--version']).status === 0

test.skipIf(!hasTerminal)(
  'on a terminal, work of more than a second shows its progress and wipes it (skipped without `script`)',
  async () => {
    const slow = `let waiting = 0
    process.stdin.setEncoding('utf8').on('data', (text) => { waiting += text.split('\\n').length - 1 })
    setInterval(() => { if (waiting-- > 0) console.log('"A"'); else process.exit() }, 300)`
    const cwd = await folderWith({
      'cases.csv': `input,expected\n${Array.from({ length: 10 }, (_, i) => `${i},A`).join('\n')}\n`,
      'slow.cjs': slow,
    })
    const exec = `${process.execPath} slow.cjs`
    const line = `'${process.execPath}' '${await builtCli()}' mft cases.csv --exec '${exec}' --name slow`
    const { stdout } = spawnSync(terminal, ['-qec', line, '/dev/null'], {
      cwd,
      encoding: 'utf8',
      env: plainEnvironment(),
    })
    expect(stdout).toMatch(/\rslow {2}\d s {2}\d+ % {2}\d cases\/s {2}\d s left\u001b\[K/)
    expect(stdout).toContain('\r\u001b[K')
  },
)
