// `node scripts/bundle.mjs <folder>`: the JavaScript of the package, in a few files that load fast. Every test file with
// data loads the package anew, and 200 modules take four times as long as the same code in three files.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
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
const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const graph = new Map()
const packages = Object.keys({ ...dependencies, ...peerDependencies })

const bundle = await rolldown({
  cwd: root,
  input: Object.fromEntries(entries.map((entry) => [entry, `${entry}.ts`])),
  platform: 'node',
  plugins: [{ name: 'graph', moduleParsed: ({ id, importedIds }) => void graph.set(id, importedIds) }],
  external: (id) => id.startsWith('node:') || packages.some((name) => id === name || id.startsWith(`${name}/`)),
})
await bundle.write({
  dir: process.argv[2],
  entryFileNames: '[name].js',
  chunkFileNames: 'chunks/[name]-[hash].js',
  codeSplitting: {
    groups: [
      { name: 'setup', priority: 3, test: loadedBy(['matchers/install']) },
      { name: 'base', priority: 2, test: loadedBy(['src/plugin/index', 'src/cli/main'], ['src/index']) },
      { name: 'core', priority: 1, test: loadedBy(['src/index']) },
    ],
  },
})
await bundle.close()

/** Whether a module is loaded with one of some entries, and with one of others where those are named. */
function loadedBy(some, others = some) {
  const isIn = (id, names) => names.some((name) => closure(join(root, `${name}.ts`)).has(id))
  return (id) => isIn(id, some) && isIn(id, others)
}

/** The modules that are loaded with a module. */
function closure(entry) {
  const found = new Set([entry])
  for (const id of found) for (const imported of graph.get(id) ?? []) found.add(imported)
  return found
}
