// What is measured: each work with its data and its peers, this package among them. A peer is a command that prints
// `{ "verdict": … }`; the first of a work is the reference that all others must agree with.
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { constraints, written } from './contract/data.mjs'
import { written as driftSide } from './drift/data.mjs'
import { connect } from './engine.mjs'
import { python } from './install.mjs'
import { projects } from './projects.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const node = (file) => (paths) => [process.execPath, join(here, file), ...paths]
const py = (environment, file) => (paths) => [python(environment), join(here, file), ...paths]
const validation = (name, about, file, needs = [name]) => ({
  name: about,
  environment: 'validation',
  needs,
  command: py('validation', file),
})
const drift = (name, about, file) => ({ name: about, environment: 'drift', needs: [name], command: py('drift', file) })
const ours = (file) => ({ name: 'Assay', own: true, command: node(file) })

async function write(query) {
  await (await connect()).run(query)
}

/** The contract's data and the list of constraints for the peers in Python. */
async function table(folder, rows, share, format) {
  const [path, spec] = [join(folder, `contract-${rows}-${share}.${format}`), join(folder, 'constraints.json')]
  await write(written(rows, share, path))
  writeFileSync(spec, JSON.stringify(constraints))
  return [path, spec]
}

const frameworks = [
  validation('pandera', 'pandera (polars)', 'contract/by_pandera.py', ['pandera', 'polars']),
  validation('pointblank', 'Pointblank (polars)', 'contract/by_pointblank.py', ['pointblank', 'polars']),
  validation('great_expectations', 'Great Expectations (pandas)', 'contract/by_great_expectations.py'),
]

const contracts = ['parquet', 'csv'].flatMap((format) =>
  [
    ['clean', 0],
    ['1 % of the cells broken', 100],
    ['50 % of the cells broken', 5000],
  ].map(([state, share]) => ({
    name: `contract ${format} ${share / 100}%`,
    agreement: `contract ${format}`,
    short:
      share > 100
        ? undefined
        : `31 constraints, ${format === 'csv' ? 'CSV' : 'Parquet'}, ${share === 0 ? state : `${share / 100} % broken`}`,
    about: `31 constraints over 20 columns, ${format}, ${state}`,
    // What agrees on broken data agrees on clean data too.
    data: (folder, rows, check) => table(folder, rows, check ? 100 : share, format),
    peers: [
      { name: 'DuckDB, the best SQL we know', command: node('contract/by-sql.mjs') },
      ours('contract/by-assay.mjs'),
      validation('polars', 'polars by hand', 'contract/by_polars.py'),
      ...(share <= 100 ? frameworks : []),
    ],
  })),
)

const profiles = ['parquet', 'csv'].map((format) => ({
  name: `profile ${format}`,
  short: `profile, ${format === 'csv' ? 'CSV' : 'Parquet'}`,
  about: `a profile of 20 columns, ${format}`,
  data: (folder, rows) => table(folder, rows, 0, format),
  peers: [
    { name: 'DuckDB, `summarize`', command: node('profile/by-sql.mjs') },
    ours('profile/by-assay.mjs'),
    validation('polars', 'polars, `describe`', 'profile/by_polars.py'),
  ],
}))

const drifts = {
  name: 'drift',
  short: 'drift of 20 columns, two sides',
  about: 'drift of 10 number and 10 category columns, two sides of so many rows, parquet',
  data: async (folder, rows) => {
    const paths = ['current', 'reference'].map((side) => join(folder, `${side}-${rows}.parquet`))
    await write(driftSide(rows, true, paths[0]))
    await write(driftSide(rows, false, paths[1]))
    return paths
  },
  peers: [
    validation('polars', 'polars and NumPy by hand', 'drift/by_polars.py'),
    ours('drift/by-assay.mjs'),
    validation('scipy', 'SciPy and pandas by hand', 'drift/by_scipy.py'),
    drift('nannyml', 'NannyML', 'drift/by_nannyml.py'),
    drift('evidently', 'Evidently', 'drift/by_evidently.py'),
  ],
}

export const works = [...contracts, ...profiles, drifts, ...projects]
