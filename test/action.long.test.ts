import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { project } from './helpers/project.ts'

interface Step {
  readonly run?: string
  readonly env?: Readonly<Record<string, string>>
}
const action = parse(readFileSync(new URL('../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { default: string }>
  runs: { using: string; steps: readonly Step[] }
}
const steps = action.runs.steps.filter(({ run }) => run !== undefined)

test('no input is pasted into a script, and every input that is read is declared', () => {
  expect(action.runs.using).toBe('composite')
  expect(steps).toHaveLength(1)
  for (const { run } of steps) expect(run).not.toContain('${{')
  const read = [...JSON.stringify(action.runs).matchAll(/\$\{\{ inputs\.([\w-]+) \}\}/g)].map(([, name]) => name)
  expect(new Set(read)).toEqual(new Set(Object.keys(action.inputs)))
})

describe('the script of the action', () => {
  const suite = `import { expect, test } from 'vitest'\ntest('holds', () => { expect(1).toBe(1) })\n`
  let made: Awaited<ReturnType<typeof project>>
  beforeAll(async () => {
    made = await project({ 'holds.test.ts': suite })
  })
  afterAll(() => made?.remove())

  /** Runs it as GitHub does: bash, stopping at the first failure, inputs as environment variables. */
  function run(inputs: Readonly<Record<string, string>>): { code: number | null; output: string } {
    const given = (text: string): string =>
      text.replace(
        /\$\{\{ inputs\.([\w-]+) \}\}/g,
        (_, name: string) => inputs[name] ?? action.inputs[name]?.default ?? '',
      )
    const { run: script = '', env = {} } = steps[0] as Step
    const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
      cwd: made.folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NO_COLOR: '1',
        ...Object.fromEntries(Object.entries(env).map(([name, value]) => [name, given(value)])),
      },
    })
    return { code: status, output: stdout + stderr }
  }

  test('runs vitest with one argument a line, spaces and quotes included', () => {
    const { code, output } = run({ arguments: `--reporter=json\n\n--outputFile=out put's.json` })
    expect(output).not.toContain('FAIL')
    expect(code).toBe(0)
    expect(existsSync(path.join(made.folder, "out put's.json"))).toBe(true)
  })

  test('runs nothing that an input holds', () => {
    const hostile = ['-t', '$(touch pwned) `touch pwned` "; touch pwned; "', "' || touch pwned; '"]
    run({ arguments: hostile.join('\n') })
    const { code, output } = run({ command: 'x"; touch pwned; "\n::error::y' })
    expect(code).toBe(2)
    expect(output).toMatch(/the input "command" is "test" or "check", not "x\?\? touch pwned\?/)
    expect(output.split('\n').some((line) => line.startsWith('::'))).toBe(false)
    expect(existsSync(path.join(made.folder, 'pwned'))).toBe(false)
  })
})
