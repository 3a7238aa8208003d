// The modes of vitest that the matrix runs, each with what is tried and how it is known to have worked.
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { locked } from './locked.mjs'
import { watch } from './matrixWatch.mjs'
import { cli, compare, project, start, until, vitest } from './matrixRun.mjs'

const all = { atLeast: 59 }
const pool = (args) => ({
  says: 'every suite',
  run: async (version, name) => {
    const cwd = project(version, name, ['modes'])
    return compare(cwd, await vitest(version, cwd, args), all)
  },
})
const suites = (names, says, args = [], wanted = {}) => ({
  says,
  run: async (version, name) => {
    const cwd = project(version, name, names)
    return compare(cwd, await vitest(version, cwd, args), wanted)
  },
})

function insist(condition, message) {
  if (!condition) throw new Error(message)
}

async function shards(version, name) {
  const cwd = project(version, name, ['modes'])
  for (const shard of ['1/2', '2/2'])
    await vitest(version, cwd, [`--shard=${shard}`, '--reporter=blob'], { plain: true })
  insist(!existsSync(join(cwd, 'report')), 'a shard wrote a report')
  return compare(cwd, await vitest(version, cwd, ['--merge-reports']), all)
}

async function coverage(version, name) {
  const cwd = project(version, name, ['modes'])
  const ran = await vitest(version, cwd, [
    '--coverage',
    '--coverage.reporter=json-summary',
    '--coverage.reportOnFailure',
  ])
  insist(
    existsSync(join(cwd, 'coverage/coverage-summary.json')),
    `no coverage was written:\n${ran.output.slice(-1500)}`,
  )
  return compare(cwd, ran, all)
}

async function typecheck(version, name) {
  const cwd = project(version, name, ['types'])
  writeFileSync(
    join(cwd, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: { module: 'nodenext', target: 'es2022', strict: true, noEmit: true, types: ['node'] },
      include: ['*.ts'],
    }),
  )
  const { code, output } = await vitest(version, cwd, ['--typecheck.only'])
  insist(code === 0 && /1 passed/.test(output), output.slice(-2000))
  return '1 file of types'
}

async function stdout(version, name) {
  const cwd = project(version, name, ['project'])
  const ran = await vitest(version, cwd, ['--reporter=json', '--outputFile.json=vitest.json'], { plain: true })
  insist(!/people|report\/index/.test(ran.stdout), `stdout holds ${ran.stdout.slice(0, 500)}`)
  return compare(cwd, ran)
}

async function interrupted(version, name) {
  const cwd = project(version, name, ['slow'])
  const args = [cli(version), 'run', '--pool=threads', '--testTimeout=60000', '-t', 'long', 'long.test.ts']
  const running = start(version.node, args, { cwd, seconds: 30 })
  await until(
    () => existsSync(join(cwd, 'began')),
    () => running.output.slice(-1500),
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  running.child.kill('SIGINT')
  const { code, signal } = await running.done
  insist(signal === null && code !== 0, `it ended with ${signal ?? code}`)
  return `ended with ${code}`
}

async function browser(version, name) {
  const cwd = project(version, name, ['project', 'browser'])
  const { code, output } = await vitest(version, cwd)
  insist(code !== 0 && /\[assay\] the project .* runs in a browser/.test(output), output.slice(-1500))
  return 'refused at the start'
}

async function monorepo(version, name) {
  const cwd = project(version, name, ['monorepo'])
  // The package itself is a link to a folder outside node_modules too, as in a workspace that develops it.
  cpSync(join(version.folder, 'node_modules/assay'), join(cwd, 'assay'), { recursive: true })
  mkdirSync(join(cwd, 'node_modules/@org'), { recursive: true })
  symlinkSync(join(cwd, 'assay'), join(cwd, 'node_modules/assay'))
  symlinkSync(join(cwd, 'data'), join(cwd, 'node_modules/@org/data'))
  const app = join(cwd, 'app')
  return compare(app, await vitest(version, app), { atLeast: 2 })
}

const installer = (command, files) => async (version, name) => {
  const cwd = project(version, name, ['project'])
  const dependencies = { assay: `file:${version.file}`, vitest: '4.1.12' }
  const overrides = { vite: locked('vite') }
  writeFileSync(
    join(cwd, 'package.json'),
    JSON.stringify({
      name: 'layout',
      private: true,
      type: 'module',
      dependencies,
      resolutions: overrides,
      pnpm: { overrides },
    }),
  )
  for (const [file, text] of Object.entries(files)) writeFileSync(join(cwd, file), text)
  const env = {
    CI: '',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: '0',
    COREPACK_ENABLE_STRICT: '0',
  }
  const [tool, ...args] = command
  const { code, output } = await start(version.node, [join(version.folder, 'node_modules', tool), ...args], {
    cwd,
    env,
  }).done
  insist(code === 0, `it does not install:\n${output.slice(-2000)}`)
  const json = ['--reporter=default', '--reporter=json', '--outputFile.json=vitest.json']
  const pnp = existsSync(join(cwd, '.pnp.cjs'))
  const run = pnp
    ? [join(version.folder, 'node_modules', tool), 'vitest', 'run', ...json]
    : ['node_modules/vitest/vitest.mjs', 'run', ...json]
  return compare(cwd, await start(version.node, run, { cwd, env }).done, { atLeast: 2 })
}
const once = ({ name }) => (name === 'vitest 4' ? undefined : 'the layout is the same, tried with vitest 4')

const listed = {
  'pool forks': pool(['--pool=forks']),
  'pool threads': pool(['--pool=threads']),
  'pool vmForks': pool(['--pool=vmForks', '--maxWorkers=1']),
  'pool vmThreads': pool(['--pool=vmThreads', '--maxWorkers=1']),
  'forks, isolate: false': pool(['--pool=forks', '--no-isolate', '--maxWorkers=1']),
  'threads, isolate: false': pool(['--pool=threads', '--no-isolate', '--maxWorkers=1']),
  'sequence.hooks list': pool(['--sequence.hooks=list']),
  'sequence.hooks parallel': pool(['--sequence.hooks=parallel']),
  'sequence.shuffle': pool(['--sequence.shuffle', '--sequence.seed=7']),
  'projects inline': suites(['modes', 'inline'], 'every suite in two projects', [], all),
  'projects by file': {
    says: 'two folders with a config each',
    run: async (version, name) => {
      const cwd = project(version, name, ['byFile'])
      cpSync(join(project(version, `${name} suites`, ['modes']), 'modes.test.ts'), join(cwd, 'one/modes.test.ts'))
      cpSync(join(project(version, `${name} suites`, ['modes']), 'again.test.ts'), join(cwd, 'two/again.test.ts'))
      cpSync(join(project(version, `${name} suites`, ['modes']), 'people.csv'), join(cwd, 'people.csv'))
      return compare(cwd, await vitest(version, cwd), { atLeast: 50 })
    },
  },
  'shards, merged': { says: 'two shards with blobs; the merge alone writes the report, each result once', run: shards },
  'coverage (v8)': { says: 'every suite', run: coverage },
  typecheck: { says: 'matchers in a .test-d.ts', run: typecheck },
  '--reporter on the command line': { says: 'json alone; ours goes to stderr', run: stdout },
  '--bail': suites(['bail'], 'the first failure ends the run', ['--bail=1'], { atLeast: 3 }),
  'unawaited: error': suites(['strict'], 'an assertion that is not awaited fails', [], { atLeast: 2 }),
  'timeouts, forks': suites(
    ['slow'],
    'queries of minutes in tests of half a second',
    ['--pool=forks', '--exclude=long.test.ts'],
    { atLeast: 6 },
  ),
  'timeouts, threads': suites(['slow'], 'the same; no worker hangs', ['--pool=threads', '--exclude=long.test.ts'], {
    atLeast: 6,
  }),
  'Ctrl-C, threads': { says: 'in the middle of a query', run: interrupted },
  'browser mode': { says: 'refused, saying why', run: browser },
  watch: { says: 'data, cases, contracts, new and removed files of a glob run just their tests', run: watch },
  monorepo: { says: 'packages and Assay itself linked', run: monorepo },
  pnpm: {
    says: 'its own node_modules layout',
    skip: once,
    run: installer(
      ['pnpm/bin/pnpm.cjs', 'install', '--ignore-workspace', '--config.strict-peer-dependencies=false'],
      {},
    ),
  },
  'Yarn, node-modules': {
    says: 'nodeLinker: node-modules',
    skip: once,
    run: installer(['@yarnpkg/cli-dist/bin/yarn.js', 'install'], {
      '.yarnrc.yml': 'nodeLinker: node-modules\n',
      'yarn.lock': '',
    }),
  },
  "Yarn, Plug'n'Play": {
    says: 'nodeLinker: pnp',
    skip: once,
    run: installer(['@yarnpkg/cli-dist/bin/yarn.js', 'install'], {
      '.yarnrc.yml': 'nodeLinker: pnp\n',
      'yarn.lock': '',
    }),
  },
}

/** Every mode: its name, what was run in words, and the run, which returns what held or throws what didn't. */
export const modes = Object.entries(listed).map(([name, mode]) => ({
  ...mode,
  name,
  run: (version) => mode.run(version, name),
}))

export const read = (file) => readFileSync(file, 'utf8')
