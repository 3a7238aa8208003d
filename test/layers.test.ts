import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each room may import itself and every room before it. */
const rooms = [
  'src/words/text',
  'src/errors.ts',
  'src/options.ts',
  'src/compiled.ts',
  'src/realTimers.ts',
  'src/isRunning.ts',
  'src/stats',
  'src/scores',
  'src/lexicons',
  'src/perturbations',
  'src/sql',
  'src/engine',
  'src/bytes',
  'src/cells',
  'src/formats',
  'src/dataset',
  'src/templates',
  'src/metrics',
  'src/results',
  'src/words',
  'src/checks',
  'src/profile',
  'src/schema',
  'src/languages',
  'src/compatibility',
  'src/contracts',
  'src/drift',
  'src/models',
  'src/behavior',
]
/** The edge: sees every room of `src`, never its neighbour. The plugin and the entry point may see everything. */
const edges = ['matchers', 'reporters']
const shells = ['src/plugin', 'src/cli', 'src/index.ts']

/** The rooms a third-party package may be imported from. */
const homes: Record<string, readonly string[]> = {
  '@duckdb/node-api': ['src/engine'],
  ajv: ['src/schema'],
  'ajv-draft-04': ['src/schema'],
  'ajv-formats': ['src/schema'],
  'csv-parse': ['src/formats/text/caseTable.ts'],
  'iconv-lite': ['src/bytes/encoding.ts'],
  fzstd: ['src/bytes'],
  'apache-arrow': [
    'src/formats/arrow/arrowCodecs.ts',
    'src/formats/arrow/openArrow.ts',
    'src/dataset/model.ts',
    'src/dataset/toArrow.ts',
    'src/languages/arrow/write.ts',
  ],
  'lz4-napi': ['src/formats/arrow/arrowCodecs.ts'],
  zstddec: ['src/formats/arrow/arrowCodecs.ts'],
  'read-excel-file': ['src/formats/excel/openExcel.ts'],
  fflate: ['src/formats/excel/excelWorkbook.ts'],
  tinyglobby: ['src/formats/matchingFiles.ts'],
  picomatch: ['reporters/globPattern.ts'],
  chalk: ['reporters/terminal.ts'],
  commander: ['src/cli'],
  yaml: ['src/bytes/yamlDocument.ts'],
  'onnxruntime-node': ['src/models/onnx'],
  vitest: [
    'matchers',
    'reporters/vitest.ts',
    'reporters/run',
    'reporters/watched.ts',
    'reporters/readsCache.ts',
    'reporters/cacheFolder.ts',
    'reporters/instant.ts',
    'src/plugin',
  ],
}

const files = ['src', 'matchers', 'reporters'].flatMap((folder) =>
  (readdirSync(path.join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
)

function imports(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8')
  const statement = /(?:^(?:import|export)\s[^'"(=]*?\bfrom\s+|^import\s+|\bimport\()['"]([^'"]+)['"]/gm
  return [...text.matchAll(statement)].map((match) => match[1] as string)
}

/** The files that a file imports. */
const importsOf = (file: string): string[] =>
  imports(file)
    .filter((name) => name.startsWith('.'))
    .map((name) => path.posix.join(path.posix.dirname(file), name))

/** The first way found that leads from a file back to it; none where there is no such way. */
function circle(targets: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const free = new Set<string>()
  const from = (file: string, way: readonly string[]): readonly string[] => {
    if (free.has(file)) return []
    if (way.includes(file)) return [...way.slice(way.indexOf(file)), file]
    for (const target of targets.get(file) ?? []) {
      const found = from(target, [...way, file])
      if (found.length > 0) return found
    }
    free.add(file)
    return []
  }
  for (const file of targets.keys()) {
    const found = from(file, [])
    if (found.length > 0) return found
  }
  return []
}

const inside = (file: string, room: string): boolean => file === room || file.startsWith(`${room}/`)
const roomOf = (file: string): string | undefined => [...shells, ...rooms, ...edges].find((room) => inside(file, room))

function allowed(from: string, to: string): boolean {
  if (from === to || shells.includes(from)) return true
  if (edges.includes(from)) return rooms.includes(to)
  return rooms.includes(to) && rooms.indexOf(to) < rooms.indexOf(from)
}

test('every source file is in a room of the table', () => {
  expect(files.filter((file) => roomOf(file) === undefined)).toEqual([])
})

test('imports point one way', () => {
  const wrong = files.flatMap((file) =>
    importsOf(file)
      .filter((target) => !allowed(roomOf(file) as string, roomOf(target) ?? ''))
      .map((target) => `${file} imports ${target}`),
  )
  expect(wrong).toEqual([])
})

test('imports make no circle, types included', () => {
  const reached = new Map(files.map((file) => [file, importsOf(file).filter((target) => files.includes(target))]))
  expect(circle(reached)).toEqual([])
})

test('the command line sees nothing inside of the matchers and the reporters', () => {
  const own = files.filter((file) => inside(file, 'src/cli'))
  const reaching = own.flatMap((file) =>
    imports(file)
      .filter((name) => /\/matchers\/|\/reporters\/(?!index\.ts$)/.test(name))
      .map((name) => `${file} imports ${name}`),
  )
  expect(reaching).toEqual([])
})

test('a third-party package lives in one room', () => {
  const wrong = files.flatMap((file) =>
    imports(file)
      .filter((name) => !name.startsWith('.') && !name.startsWith('node:') && name !== 'vite')
      .filter((name) => {
        const owner = name.startsWith('@') ? name.split('/').slice(0, 2).join('/') : (name.split('/')[0] as string)
        return !homes[owner]?.some((home) => inside(file, home))
      })
      .map((name) => `${file} imports ${name}`),
  )
  expect(wrong).toEqual([])
})

test('the setup file loads at most twelve modules', () => {
  const seen = new Set<string>()
  const walk = (file: string): void => {
    if (seen.has(file)) return
    seen.add(file)
    const text = readFileSync(path.join(root, file), 'utf8').replace(/^(import|export) type .*$/gm, '')
    for (const [, names, target] of text.matchAll(
      /^(?:import|export)\s+([^'"(=]*?)\s*(?:\bfrom\s+)?['"](\.[^'"]+)['"]/gm,
    )) {
      const onlyTypes =
        /^\{[^}]*\}$/.test(names as string) &&
        (names as string)
          .replace(/[{}]/g, '')
          .split(',')
          .every((name) => /^\s*(type\s|$)/.test(name))
      if (!onlyTypes) walk(path.posix.join(path.posix.dirname(file), target as string))
    }
  }
  walk('matchers/setup.ts')
  expect(seen.size, [...seen].join('\n')).toBeLessThanOrEqual(12)
})

test('where cells are kept as text is known where they are read, and nowhere else', () => {
  const homes = ['src/engine', 'src/cells', 'src/formats', 'src/dataset']
  const knowing = files.filter((file) => {
    if (homes.some((home) => inside(file, home))) return false
    const text = readFileSync(path.join(root, file), 'utf8')
    return /\b(rawName|cellName|textual)\b|\.heldAsText\b|\{[^{}]*\bheldAsText\b[^{}]*\} = /.test(text)
  })
  expect(knowing).toEqual([])
})

test('no file grows past 400 lines', () => {
  const tests = readdirSync(path.join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.join('test', file))
  const long = [...files, ...tests].filter(
    (file) => readFileSync(path.join(root, file), 'utf8').split('\n').length > 401,
  )
  expect(long).toEqual([])
})

test('the README lists the rooms, in the order of the table', () => {
  const readme = readFileSync(path.join(root, 'README.md'), 'utf8')
  const [, tree = ''] = /```tree\n(.*?)```/s.exec(readme) ?? []
  const listed = [...tree.matchAll(/^ {2}([a-z]+) +\S/gm)].map(([, name]) => `src/${name}`)
  const folders = readdirSync(path.join(root, 'src'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `src/${name}`)
  expect(listed.toSorted()).toEqual(folders.toSorted())
  expect(listed.filter((room) => rooms.includes(room))).toEqual(rooms.filter((room) => listed.includes(room)))
  expect([...tree.matchAll(/^([a-z]+)\//gm)].map(([, name]) => name)).toEqual(['src', ...edges])
})

test('docs/dependencies.md says of every dependency why it is there', () => {
  const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Record<string, object>
  const named = ['dependencies', 'peerDependencies', 'devDependencies'].flatMap((list) =>
    Object.keys(manifest[list] ?? {}),
  )
  const page = readFileSync(path.join(root, 'docs/dependencies.md'), 'utf8')
  expect(named.filter((name) => !page.includes(`\`${name}\``))).toEqual([])
})

test('every file that a page names in the tree is there', () => {
  const pages = (readdirSync(path.join(root, 'docs'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.md'))
    .map((name) => path.join('docs', name))
  const missing = ['README.md', ...pages].flatMap((page) =>
    [
      ...readFileSync(path.join(root, page), 'utf8').matchAll(
        /`((?:src|matchers|reporters|test|bench|scripts)\/[\w./-]+)`/g,
      ),
    ]
      .map(([, named = '']) => named)
      .filter((named) => !existsSync(path.join(root, named)))
      .map((named) => `${page}: ${named}`),
  )
  expect(missing).toEqual([])
})
