import { execFileSync } from 'node:child_process'
import { appendFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { project, type Run } from '../helpers/project.ts'

const reading = (what: string) => `
import { expect, test } from 'vitest'
import { dataset } from 'assay'
test('reads', async () => { await expect(dataset(${what})).toHaveRowCount({ min: 1 }) })
`
const files = {
  'a.test.ts': reading("'data/a.csv'"),
  'b.test.ts': reading("'data/b.csv'"),
  'all.test.ts': reading("'data/*.csv'"),
  'plain.test.ts':
    "import { expect, test } from 'vitest'\nimport { one } from './one.js'\ntest('plain', () => { expect(one).toBe(1) })",
  'one.js': 'export const one = 1\n',
  'data/a.csv': 'id\n1\n',
  'data/b.csv': 'id\n1\n',
}
const projects = `
import { defineConfig } from 'vitest/config'
import assay from '../../src/plugin/index.ts'
const project = (name: string, include: string[]) => ({ extends: true as const, test: { name, include, env: { DATA: name } } })
export default defineConfig({
  plugins: [assay()],
  resolve: { alias: [{ find: /^assay$/, replacement: import.meta.dirname + '/../../src/index.ts' }] },
  test: { testTimeout: 600_000, projects: [project('a', ['*.test.ts']), project('b', ['each.test.ts'])] },
})`
const ran = ({ json }: Run) => json.testResults.map(({ name }) => path.basename(name, '.test.ts')).sort()

test('related and --changed run the tests that read the data, and the tests nothing is known of', async () => {
  const made = await project(files)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: made.folder, stdio: 'pipe' })
  const changed = () => made.run(['--changed'])
  const related = (file: string) => made.run([], {}, ['related', file, '--run'])
  const data = (name: string) => path.join(made.folder, 'data', name)
  try {
    await writeFile(path.join(made.folder, '.gitignore'), 'report\nnode_modules\nvitest.json\n')
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'one')
    await appendFile(data('a.csv'), '2\n')
    expect(ran(await changed()), 'nothing known yet').toEqual(['a', 'all', 'b', 'plain'])

    await writeFile(path.join(made.folder, 'new.test.ts'), reading("'data/b.csv'"))
    git('add', '-A')
    git('commit', '-qm', 'two')
    await appendFile(data('a.csv'), '3\n')
    expect(ran(await changed()), 'one file is new').toEqual(['a', 'all', 'new'])
    expect(ran(await related('data/b.csv')), 'related').toEqual(['all', 'b', 'new'])
    await writeFile(data('c.csv'), 'id\n1\n')
    git('add', '-A')
    git('commit', '-qm', 'three')
    await rm(data('c.csv'))
    expect(ran(await changed()), 'a file of a glob that is gone').toEqual(['all'])
  } finally {
    await made.remove()
  }
}, 300_000)

test('of a test file that failed, or whose worker ended, nothing is known; projects and runs keep what others know', async () => {
  const stopping = (how: string) => `
import { beforeAll, expect, test } from 'vitest'
import { dataset } from 'assay'
${how}
test('reads', async () => { await expect(dataset('data/a.csv')).toHaveRowCount({ min: 1 }) })
`
  const made = await project({
    'vitest.config.ts': projects,
    'hook.test.ts': stopping("beforeAll(() => { if (process.env.DOWN) throw new Error('down') })"),
    'worker.test.ts': stopping("if (process.env.DOWN) process.kill(process.pid, 'SIGKILL')"),
    'each.test.ts': stopping('').replace("'data/a.csv'", "'data/' + process.env.DATA + '.csv'"),
    'data/a.csv': 'id\n1\n',
    'data/b.csv': 'id\n1\n',
  })
  const related = (file: string) => made.run([], {}, ['related', file, '--run', '--passWithNoTests'])
  try {
    const first = await made.run()
    expect(first.code, first.output).toBe(0)
    expect(ran(await related('data/b.csv')), 'both projects').toEqual(['each', 'each'])
    expect((await made.run([], { DOWN: '1' })).code).toBe(1)
    await made.run(['each', '--project=a'])
    expect(ran(await related('data/b.csv')), 'what stopped may read anything').toEqual([
      'each',
      'each',
      'hook',
      'worker',
    ])
  } finally {
    await made.remove()
  }
}, 600_000)
