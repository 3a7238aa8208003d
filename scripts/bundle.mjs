// `node scripts/bundle.mjs <folder>`: the JavaScript of the package, in a few files that load fast. Every test file with
// data loads the package anew, and 200 modules take four times as long as the same code in three files.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { rolldown } from 'rolldown'
import { asScript, named } from './asScript.mjs'
import { asModule } from './engineModule.mjs'
import { root } from './run.mjs'

/** What is loaded from outside, at the paths that package.json and the plugin name. */
const entries = [
  'src/index',
  'src/results/index',
  'src/plugin/index',
  'src/cli/main',
  'matchers/setup',
  'matchers/install',
  'reporters/index',
]
/** What the first assertion loads, which knows vitest, and the description of its data for the report. */
const assertion = ['matchers/assertion', 'matchers/define', 'matchers/settle', 'matchers/describe']
/** What the first check of data loads, where the data are in memory or a text file: with vitest or without. */
const first = [
  'src/checks/evaluate',
  'src/engine/duckdb',
  'src/formats/memory/openRecords',
  'src/formats/text/openText',
  'src/formats/text/textRelation',
]
/** What the main process loads at the end of a run, which judges nothing. */
const reports = ['reporters/folder', 'reporters/terminal', 'reporters/github']
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const graph = new Map()
const closures = new Map()
const stubs = new Map()
const packages = Object.keys({ ...dependencies, ...peerDependencies })

const folder = process.argv[2]
/** The files by which rooms hand out what is theirs. */
const handingOut = /\/src\/(?:\w+\/index|contracts\/contract)\.ts$/
/** The module that requires the engine's package, and the file that stands for its sixty. */
const loader = join(root, 'src/engine/duckdbApi.ts')
const engine = '@duckdb/node-api'
const engineFile = await bundleEngine()
/** The chunks that test files load, and the first of them, which loads the others. */
const scripts = ['base', 'core', 'first', 'assertion']
const scriptLoader = { chunk: 'setup', function: 'compiled' }

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
  platform: 'node',
  plugins: [
    { name: 'lazy', resolveId: lazily, load: (id) => stubs.get(id) },
    { name: 'graph', moduleParsed: ({ id, importedIds }) => void graph.set(id, importedIds) },
    { name: 'engine', transform: (code, id) => (id === loader ? requiring(code) : undefined) },
  ],
  external: (id) => id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`)),
  checks: { ineffectiveDynamicImport: false },
})
const { output } = await bundle.write({
  dir: folder,
  charset: 'ascii',
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  comments: { jsdoc: false },
  codeSplitting: {
    groups: [
      {
        name: 'setup',
        priority: 4,
        test: (id) => id.includes('rolldown/runtime') || loadedBy(['matchers/install'])(id),
      },
      {
        name: 'base',
        priority: 3,
        test: loadedBy(['src/plugin/index', 'src/cli/main', ...reports], ['src/index', ...assertion, ...first]),
      },
      { name: 'core', priority: 2, test: loadedBy(['src/index']) },
      { name: 'first', priority: 1, test: (id) => !isMatchers(id) && loadedBy([...assertion, ...first])(id) },
      { name: 'assertion', priority: 0, test: (id) => isMatchers(id) && loadedBy(assertion)(id) },
    ],
  },
})
await bundle.close()
await bundleHost()
checkWithout('vitest', ['src/index', 'src/results/index', 'src/cli/main'])
checkWithout(chunkOf('core').fileName, ['src/plugin/index'])
importWithoutDetours()
writeScripts()

/** Whether a module is one of the room that knows vitest. */
function isMatchers(id) {
  return id.startsWith(join(root, 'matchers'))
}

/** What rooms hand out that answers a promise is loaded when it is first called: a stub stands for its module. */
function lazily(source, importer) {
  if (!importer || !handingOut.test(importer) || !source.startsWith('.')) return undefined
  const id = join(dirname(importer), source)
  const handedOut = readFileSync(importer, 'utf8')
    .match(new RegExp(`^export \\{([^}]*)\\} from '${source.replaceAll('.', '\\.')}'`, 'gm'))
    ?.flatMap((statement) => [...statement.matchAll(/(?<=[{,]\s*)\w+(?=\s*[,}])/g)].map(([name]) => name))
  const code = readFileSync(id, 'utf8')
  const isAsync = (name) => code.includes(`export async function ${name}(`)
  if (!handedOut?.length || !handedOut.every(isAsync)) return undefined
  const stub = (name) =>
    `export async function ${name}(...args) {\n  return (await import(${JSON.stringify(id)})).${name}(...args)\n}\n`
  stubs.set(`${id}?lazy`, handedOut.map(stub).join(''))
  return `${id}?lazy`
}

/** Throws where an entry, or what it loads later, needs a package that its users may not have. */
function checkWithout(name, names) {
  const chunks = new Map(output.map((chunk) => [chunk.fileName, chunk]))
  const ways = new Map(names.map((entry) => [`${entry}.js`, `${entry}.js`]))
  for (const [file, way] of ways) {
    const { imports = [], dynamicImports = [], name: chunk } = chunks.get(file) ?? {}
    // What the matchers load, they load when vitest asks them.
    for (const other of chunk === 'setup' ? imports : [...imports, ...dynamicImports])
      if (!ways.has(other)) ways.set(other, `${way} → ${other}`)
  }
  if (ways.has(name)) throw new Error(`${name} is needed without it: ${ways.get(name)}`)
}

/**
 * What is imported when it is needed and lies in a chunk with others comes by a file that only hands it on: one more to
 * find, read and link, a dozen before the first verdict. The chunk itself is imported instead.
 */
function importWithoutDetours() {
  const handsOn = /^export \{ ([^}]+) \} from "\.\/([^"]+)";\s*$/
  const ways = new Map()
  for (const { fileName, code, isDynamicEntry } of output) {
    const [, names, chunk] = (isDynamicEntry && handsOn.exec(code)) || []
    if (chunk === undefined || entries.includes(fileName.replace(/\.js$/, ''))) continue
    const members = names.split(', ').map((name) => name.split(' as '))
    const picked = members.map(([own, name = own]) => `${name}: chunk.${own}`).join(', ')
    ways.set(basename(fileName), { chunk, picked })
  }
  for (const { fileName, code } of output) {
    if (ways.has(basename(fileName))) rmSync(join(folder, fileName))
    else if (code !== undefined)
      writeFileSync(join(folder, fileName), code.replace(/\bimport\("([^"]*\/)([^"/]+)"\)/g, direct))
  }
  function direct(call, path, name) {
    const way = ways.get(name)
    return way ? `import("${path}${way.chunk}").then((chunk) => ({ ${way.picked} }))` : call
  }
}

/** A chunk by its name, not one that only hands on what is in another. */
function chunkOf(name) {
  return output.find((chunk) => chunk.name === name && existsSync(join(folder, chunk.fileName)))
}

/** Makes scripts of the chunks that test files load: what V8 compiles of them can be kept. */
function writeScripts() {
  const { fileName: first, code } = chunkOf(scriptLoader.chunk)
  const compiled = new RegExp(`\\b${scriptLoader.function} as (\\w+)`).exec(code.slice(code.lastIndexOf('export {')))[1]
  for (const name of scripts) {
    const { fileName } = chunkOf(name)
    const path = join(folder, fileName)
    const { file, script, module } = asScript(readFileSync(path, 'utf8'), name, {
      loader: `./${basename(first)}`,
      compiled,
    })
    writeFileSync(path, module)
    writeFileSync(join(folder, 'chunks', file), script)
  }
}

/** The loader of the engine, which requires the file in a folder; from chunks, the one beside its own. */
function requiring(code, from = './') {
  const call = `compiled(import.meta.url, '${engine}')`
  if (!code.includes(call)) throw new Error(`${loader} requires no ${engine}`)
  return code.replace(call, call.replace(engine, `${from}${engineFile}`))
}

/** Writes what the process runs in which engines of workers live, as one file: it loads nothing else of the package. */
async function bundleHost() {
  const entry = 'src/engine/host/hostProcess'
  const chunks = `${relative(dirname(entry), 'chunks')}/`
  const own = await rolldown({
    cwd: root,
    input: `${entry}.ts`,
    platform: 'node',
    plugins: [{ name: 'engine', transform: (code, id) => (id === loader ? requiring(code, chunks) : undefined) }],
    external: (id) => id.startsWith('node:'),
  })
  await own.write({ file: join(folder, `${entry}.js`), format: 'esm', charset: 'ascii', comments: { jsdoc: false } })
  await own.close()
}

/** Writes the JavaScript of the engine's package as one file, and returns its name: each test file loads it anew, and its many take ten times as long. */
async function bundleEngine() {
  const require = createRequire(join(root, 'package.json'))
  const bindings = '@duckdb/node-bindings'
  // Its index hands out what this file does, as one object.
  const input = join(dirname(require.resolve(engine)), 'duckdb.js')
  const asModules = {
    name: 'modules',
    transform: (code, id) =>
      id.startsWith(dirname(input)) ? { code: asModule(code, id), moduleType: 'js' } : undefined,
  }
  const own = await rolldown({ input, platform: 'node', external: [bindings], plugins: [asModules] })
  const { output } = await own.generate({ format: 'cjs', charset: 'ascii', comments: false })
  await own.close()
  const missing = Object.keys(require(engine)).filter((name) => name !== 'default' && !output[0].exports.includes(name))
  if (missing.length > 0) throw new Error(`the file of ${engine} lacks ${missing.join(', ')}`)
  const native = nativeLibrary(bindings)
  const required = new RegExp(`require\\((['"])${bindings}\\1\\)`, 'g')
  if (output.length !== 1 || !required.test(output[0].code)) throw new Error(`${engine} is not what it was`)
  const license = readFileSync(join(dirname(input), '../LICENSE'), 'utf8')
  const text = `/*! ${engine}, bundled.\n${license.trim()}\n*/\n${native}\n${output[0].code.replace(required, 'bindings')}`
  const file = named('duckdb-api', text)
  mkdirSync(join(folder, 'chunks'), { recursive: true })
  writeFileSync(join(folder, 'chunks', file), text)
  return file
}

/**
 * Loads the native library, by a package that is no dependency of ours, but of theirs. That finds out which C library a
 * Linux has by reading files for as long as a third of the library takes; where there is no sign of musl, it is glibc.
 */
function nativeLibrary(bindings) {
  return `const { createRequire } = require('node:module')
const { existsSync } = require('node:fs')
const theirs = createRequire(require.resolve('${engine}'))
function glibc() {
  const machine = { x64: 'x86_64', arm64: 'aarch64' }[process.arch]
  if (process.platform !== 'linux' || !machine || existsSync(\`/lib/ld-musl-\${machine}.so.1\`)) return undefined
  try {
    return createRequire(theirs.resolve('${bindings}'))(\`${bindings}-linux-\${process.arch}/duckdb.node\`)
  } catch {
    return undefined
  }
}
const bindings = glibc() ?? theirs('${bindings}')`
}

/** Whether a module is loaded with one of some entries, and with one of others where those are named. */
function loadedBy(some, others = some) {
  const isIn = (id, names) => names.some((name) => closure(join(root, `${name}.ts`)).has(id))
  return (id) => isIn(id, some) && isIn(id, others)
}

/** The modules that are loaded with a module. */
function closure(entry) {
  if (!graph.has(entry)) throw new Error(`${entry} is no module of the package`)
  const known = closures.get(entry)
  if (known) return known
  const found = new Set([entry])
  for (const id of found) for (const imported of graph.get(id) ?? []) found.add(imported)
  closures.set(entry, found)
  return found
}
