import { execFile, spawnSync } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { commands } from '../../src/cli/commands/index.ts'
import { assay, plainEnvironment } from '../helpers/cli.ts'
import { folderWith } from '../helpers/files.ts'

const names = commands.map(({ name }) => name)
const has = (shell: string): boolean => spawnSync(shell, ['-c', 'true']).status === 0

let cwd: string
beforeAll(async () => {
  const scripts = await Promise.all(
    ['bash', 'zsh', 'fish'].map(async (shell) => [shell, (await assay(['completion', shell])).stdout]),
  )
  cwd = await folderWith({ ...Object.fromEntries(scripts), 'a file.csv': '', 'other.csv': '' })
})

async function run(shell: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(shell, args, { cwd, env: plainEnvironment() })
  return stdout
}

/** What bash offers for the last of some words. */
async function offered(...words: string[]): Promise<string[]> {
  const script = `source ./bash
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _assay
    printf '%s\\n' "\${COMPREPLY[@]}"`
  return (await run('bash', '--norc', '-c', script, 'bash', ...words)).split('\n').filter(Boolean)
}

test('bash completes commands, options, values and files', async () => {
  expect(await offered('assay', '')).toEqual([...names, 'help', '--help', '--version'])
  expect(await offered('assay', 'pro')).toEqual(['profile'])
  expect(await offered('assay', 'help', 'ch')).toEqual(['check'])
  expect(await offered('assay', 'check', '--s')).toEqual(['--schema', '--severity'])
  expect(await offered('assay', 'check', '--severity', '')).toEqual(['error', 'warn'])
  expect(await offered('assay', 'check', '--mostly', '')).toEqual([])
  expect(await offered('assay', 'check', 'a')).toEqual(['a file.csv'])
  expect(await offered('assay', '--json', 'check', 'x.csv', '--schema', 'oth')).toEqual(['other.csv'])
  expect(await offered('assay', 'completion', '')).toEqual(['bash', 'zsh', 'fish'])
})

test('bash registers the completion', async () => {
  expect(await run('bash', '--norc', '-c', 'source ./bash; complete -p assay')).toBe('complete -F _assay assay\n')
})

test.skipIf(!has('zsh'))('zsh reads its script (skipped where zsh is not installed)', async () => {
  await run('zsh', '-n', './zsh')
  const functions = await run(
    'zsh',
    '-f',
    '-c',
    'autoload -U compinit; compinit -D; source ./zsh; print -l ${_comps[assay]} ${+functions[_assay]}',
  )
  expect(functions).toBe('_assay\n1\n')
})

test.skipIf(!has('fish'))('fish completes commands and values (skipped where fish is not installed)', async () => {
  const complete = async (line: string): Promise<string[]> =>
    (await run('fish', '--no-config', '-c', `source ./fish; complete -C '${line}'`))
      .split('\n')
      .map((one) => one.split('\t', 1)[0] ?? '')
      .filter(Boolean)
  expect((await complete('assay ')).sort()).toEqual([...names, 'help'].sort())
  expect(await complete('assay check --severity ')).toEqual(['error', 'warn'])
  expect(await complete('assay check --sche')).toEqual(['--schema'])
})
