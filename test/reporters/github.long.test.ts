import { readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendJobSummary } from '../../reporters/github.ts'
import { annotations, markdown } from '../../reporters/index.ts'
import { visible } from '../../src/words/text/visible.ts'
import { temporaryFile } from '../helpers/files.ts'
import { project, type Run } from '../helpers/project.ts'
import { document, generate, hostileResult, nasty, result } from '../helpers/runDocument.ts'

const place = { root: '/repo/packages/data', workspace: '/repo', failuresShown: false }

/** A workflow command as GitHub's runner reads it. */
function read(line: string): { command: string; properties: Record<string, string>; text: string } {
  const [, command = '', listed = '', data = ''] = /^::(\w+) (.*?)::(.*)$/s.exec(line) ?? []
  const unescaped = (text: string): string =>
    text
      .replaceAll('%2C', ',')
      .replaceAll('%3A', ':')
      .replaceAll('%0D', '\r')
      .replaceAll('%0A', '\n')
      .replaceAll('%25', '%')
  const properties = listed.split(',').map((pair) => {
    const [key = '', value = ''] = pair.split(/=(.*)/s)
    return [key, unescaped(value)]
  })
  return { command, properties: Object.fromEntries(properties) as Record<string, string>, text: unescaped(data) }
}

describe('annotations', () => {
  test('a finding stands at its line, with its numbers; the file is relative to the repository', () => {
    const where = { file: 'test/orders.test.ts', test: 'orders', line: 31, column: 9 }
    const [line = ''] = annotations(document([result({ status: 'fail', blocking: true, where })]), place)
    expect(line.split('\n')).toHaveLength(1)
    const { command, properties, text } = read(line)
    expect(command).toBe('error')
    expect(properties).toMatchObject({ file: 'packages/data/test/orders.test.ts', line: '31', col: '9' })
    expect(properties.title).toMatch(/^Fail: /)
    expect(text).toMatch(/^expected .*, measured .*/)
  })

  test('what fails its test is an error, what needs a look a warning, an accepted failure a notice with its waiver', () => {
    const waiver = { owner: 'dana', reason: 'known', until: '2026-12-31' }
    const run = document([
      result({ status: 'accepted', blocking: false, waiver }),
      result({ status: 'warn', blocking: false }),
      result({ status: 'inconclusive', blocking: false }),
      result({ status: 'fail', blocking: true, waiver }),
      result({ status: 'error', blocking: true, message: 'there is no column "x"\nBinder Error' }),
      result({ status: 'pass' }),
      result({ status: 'skipped', blocking: false }),
    ])
    const found = annotations(run, place).map(read)
    expect(found.map(({ command }) => command)).toEqual(['error', 'error', 'warning', 'warning', 'notice'])
    expect(found[0]?.text).toContain('the waiver of dana expired on 2026-12-31: known')
    expect(found[1]?.text).toBe('there is no column "x"')
    expect(found[4]?.text).toContain('accepted by dana until 2026-12-31: known')
    const beside = annotations(run, { ...place, failuresShown: true }).map(read)
    expect(beside.map(({ command }) => command)).toEqual(['warning', 'warning', 'notice'])
    // Of what a waiver has accepted in another worker the runner knows nothing.
    const refused = result({ status: 'fail', blocking: true, waiver: { ...waiver, refused: 'data' } })
    const [other] = annotations(document([refused]), { ...place, failuresShown: true }).map(read)
    expect([other?.command, other?.text]).toEqual(['error', expect.stringContaining('the waiver of dana accepts one')])
  })

  test('ten of a level at most, worst first, and the last one says how many are left out', () => {
    const warnings = Array.from({ length: 25 }, (_, i) =>
      result({
        status: i < 20 ? 'inconclusive' : 'warn',
        blocking: false,
        title: `check ${i}`,
      }),
    )
    const failures = Array.from({ length: 10 }, () => result({ status: 'fail', blocking: true }))
    const found = annotations(document([...warnings, ...failures]), place).map(read)
    const told = found.filter(({ command }) => command === 'warning')
    expect(told).toHaveLength(10)
    expect(told[0]?.properties.title).toMatch(/^Warn: .*check 20/)
    expect(told[9]?.text).toBe('16 more findings like this: the job summary and the report have them')
    expect(found.filter(({ command }) => command === 'error')).toHaveLength(10)
    expect(annotations(generate(10_000), place).length).toBeLessThanOrEqual(30)
  })

  const hostile = [...nasty, '::error::x', '100%,a:b\r\n::add-mask::x', '##[stop-commands]t', 'a%0A::error::b']
  test.for(hostile)('%j in the data ends neither the line nor a property', (value) => {
    const run = document([hostileResult(value)])
    const lines = annotations(run, place)
    expect(lines).toHaveLength(1)
    expect(lines[0]).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e]|##\w*\[/)
    const { command, properties } = read(lines[0] as string)
    expect(command).toBe('error')
    expect(Object.keys(properties)).toEqual(['file', 'line', 'title'])
    expect(properties.line).toBe('3')
  })

  test('the same look finds a value that is pasted', () => {
    expect(Object.keys(read('::error file=a,b,line=3::x').properties)).not.toEqual(['file', 'line', 'title'])
  })
})

test('text of the data is no command in a failure message either', () => {
  expect(visible('::add-mask::x')).toBe('\\u003a:add-mask::x')
  expect(visible(' \t::error::x')).toBe(' \\t\\u003a:error::x')
  expect(visible('a ##vso[task.setvariable]b ##[group]')).toBe('a \\u0023#vso[task.setvariable]b \\u0023#[group]')
  expect(visible('a::b ## [c] #[d]')).toBe('a::b ## [c] #[d]')
})

describe('job summary', () => {
  /** Failures whose texts take as many bytes as they can. */
  const huge = document(
    Array.from({ length: 50_000 }, (_, i) =>
      result({
        id: `c${i}`,
        status: 'fail',
        blocking: true,
        title: '|'.repeat(400),
        expected: '😀'.repeat(400),
        measured: '<@#|'.repeat(100),
        subject: { type: 'dataset', name: `d${i % 4000} ${'ß'.repeat(100)}`, column: '`'.repeat(200) },
      }),
    ),
  )

  test.for([0, 150_000, 1_000_000] as const)('stays whole beside %i bytes of other reporters', async (taken) => {
    const file = await temporaryFile('summary.md', 'x'.repeat(taken))
    expect(await appendJobSummary(huge, file)).toBeUndefined()
    const text = await readFile(file, 'utf8')
    const bytes = (await stat(file)).size
    expect(bytes).toBeLessThanOrEqual(1_048_576)
    expect(bytes - taken).toBeLessThanOrEqual(900_001)
    expect(text.slice(taken)).toMatch(/^\n## Data and model checks\n\n### ✗ 4.000 of 4.002 datasets do not hold/)
    expect(text).toContain('- ✗ **d0 ')
    expect(text).toContain('#### Needs attention')
    expect(text.replaceAll('<!-- -->', '')).not.toContain('<!--')
  })

  test('a summary that is full, or cannot be written, is told', async () => {
    const file = await temporaryFile('summary.md', 'x'.repeat(1_046_000))
    expect(await appendJobSummary(huge, file)).toBe('the job summary is full: 1,046,000 bytes are in it already')
    expect(await appendJobSummary(huge, path.dirname(file))).toMatch(/^the job summary could not be written: EISDIR/)
  })

  test('the text for a comment fits one', () => {
    expect(Buffer.byteLength(markdown(huge))).toBeLessThanOrEqual(60_000)
  })
})

describe('a run on GitHub Actions', () => {
  const suite = `
import { expect, test } from 'vitest'
import { dataset } from 'assay'
const tiny = dataset([{ a: -1 }, { a: 5 }], { name: 'tiny' })
test('fails', async () => {
  await expect(tiny.column('a')).toHaveValuesBetween({ min: 0 }) // line 6
})
test('warns', async () => {
  await expect(tiny).toHaveRowCount({ min: 3 }, { severity: 'warn' }) // line 9
})
`
  let made: Awaited<ReturnType<typeof project>>
  let beside: Run
  let alone: Run
  let local: Run
  let summary: string
  const github = (run: Run): string[] => run.output.split('\n').filter((line) => line.startsWith('::'))

  beforeAll(async () => {
    made = await project({ 'tiny.test.ts': suite }, `{ title: 'tiny' }`)
    const file = path.join(made.folder, 'summary.md')
    const workspace = path.dirname(made.folder)
    const env = { CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: workspace, GITHUB_STEP_SUMMARY: file }
    beside = await made.run(['--reporter=github-actions'], env)
    summary = await readFile(file, 'utf8')
    // Without NO_COLOR vitest colors its own lines in CI; ours must not follow.
    alone = await made.run([], { ...env, NO_COLOR: '' })
    local = await made.run()
  }, 120_000)
  afterAll(() => made?.remove())

  test("beside vitest's own reporter each finding is annotated once, at its line", () => {
    const found = github(beside).map(read)
    expect(found.map(({ command, properties }) => [command, properties.line])).toEqual([
      ['error', '6'],
      ['warning', '9'],
    ])
    expect(found[1]?.properties.file).toBe(`${path.basename(made.folder)}/tiny.test.ts`)
    expect(found[0]?.properties.file).toContain('tiny.test.ts')
  })

  test('without that reporter the failures are annotated too', () => {
    expect(github(alone).map((line) => read(line).command)).toEqual(['error', 'warning'])
  })

  test("the job summary holds vitest's part and ours", () => {
    expect(summary).toMatch(/^## Vitest Test Report\n/)
    expect(summary).toMatch(
      /\n## Data and model checks\n\n### ✗ tiny does not hold\n\n✗ 1 fails · ▲ 1 warns · 0 ordinary tests\n/,
    )
  })

  test('in CI the output has no color codes and the same text as on a desk', () => {
    const text = (run: Run): string =>
      run.output
        .split('\n')
        .filter((line) => !line.startsWith('::'))
        .join('\n')
        .replace(/\d+(\.\d+)? ?(ms|s)\b/g, '…')
        .replace(/\d\d:\d\d:\d\d/g, '…')
    expect(github(local)).toEqual([])
    expect(alone.output).not.toContain('\u001b')
    const ours = (run: Run): string => text(run).slice(text(run).indexOf(' ✗ Fail'))
    expect(ours(alone)).toContain('✗ Fail tiny.a values at least 0  expected at least 0')
    expect(ours(alone).trimEnd()).toBe(ours(local).trimEnd())
  })
})
