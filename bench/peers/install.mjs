// The peers from PyPI, in folders that git ignores: one environment for each set of packages that bear each other.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../lib.mjs'

const environments = {
  validation: {
    polars: '2.1.0',
    pandera: '0.35.0',
    pointblank: '1.1.1',
    great_expectations: '1.24.1',
    scipy: '1.17.1',
    pandas: '3.1.1',
    pyarrow: '26.0.1',
    pytest: '9.2.0',
  },
  // Both break with pandas 3.
  drift: { evidently: '0.7.23', nannyml: '0.13.1', pandas: '2.3.3', statsmodels: '0.15.0', pyarrow: '26.0.1' },
}
const extras = { pandera: 'pandera[polars]' }
const folder = join(root, 'tmp/peers')
const bin = process.platform === 'win32' ? 'Scripts' : 'bin'
const run = (command, args) => spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 26 })

/** The Python that measures, and those of the environments. Throws where there is none. */
export const python = (environment) => (environment ? join(folder, environment, bin, 'python') : 'python3')

/** Installs what is not there and returns what cannot be had, by package, with the reason; and the versions of the others. */
export function installed(wanted) {
  if (run(python(), ['--version']).status !== 0)
    throw new Error('the peers are measured with python3, which is not there; install Python 3.11 or later')
  const missing = new Map()
  const versions = new Map([['Python', run(python(), ['--version']).stdout.trim().split(' ').at(-1)]])
  mkdirSync(folder, { recursive: true })
  for (const [environment, packages] of Object.entries(environments)) {
    if (!wanted.has(environment)) continue
    const list = Object.entries(packages).map(([name, version]) => `${extras[name] ?? name}==${version}`)
    const mark = join(folder, environment, 'installed.txt')
    if (!existsSync(mark) || readFileSync(mark, 'utf8') !== list.join('\n')) install(environment, list, mark)
    for (const name of Object.keys(packages)) {
      const found = run(python(environment), [
        '-c',
        `import importlib.metadata as m; print(m.version(${JSON.stringify(name)}))`,
      ])
      if (found.status === 0) versions.set(name, found.stdout.trim())
      else missing.set(name, `pip has no ${name} ${packages[name]} for this machine`)
    }
  }
  return { missing, versions }
}

function install(environment, list, mark) {
  console.log(`… installing ${list.join(', ')}`)
  rmSync(join(folder, environment), { recursive: true, force: true })
  run(python(), ['-m', 'venv', join(folder, environment)])
  const pip = (packages) => run(python(environment), ['-m', 'pip', 'install', '-q', ...packages]).status === 0
  // One that cannot be had keeps nobody else away.
  const all = pip(list) || list.filter((one) => !pip([one])).length === 0
  if (all) writeFileSync(mark, list.join('\n'))
}
