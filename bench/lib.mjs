// What every bench uses: child processes, medians, temporary folders, the built code.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** The code by module, also of what the package doesn't export. The package itself is in dist/. */
const modules = join(root, 'tmp/modules')
export const built = (path) => import(join(modules, path))

export function build() {
  const asModules = ['tsc', '-p', 'tsconfig.build.json', '--emitDeclarationOnly', 'false', '--outDir', modules]
  for (const [command, args] of [
    [process.execPath, ['scripts/build.mjs']],
    ['npx', asModules],
  ]) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
    if (status !== 0) throw new Error('the build failed')
  }
}

/** Runs work with a temporary folder that is gone afterwards. */
export async function withFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a module of this folder in a process of its own and returns the JSON on its last line. */
export function child(file, args = []) {
  return new Promise((resolve, reject) => {
    const path = join(root, 'bench', file)
    const started = spawn(process.execPath, ['--expose-gc', path, ...args.map(String)], { cwd: root })
    let out = ''
    let errors = ''
    started.stdout.on('data', (data) => (out += data))
    started.stderr.on('data', (data) => (errors += data))
    started.on('close', (code) => {
      if (code !== 0) reject(new Error(`${file} ${args.join(' ')} ended with ${code}: ${errors.slice(-2000)}`))
      else resolve(JSON.parse(out.trim().split('\n').at(-1)))
    })
  })
}

const measurer = join(root, 'bench/peers/measure.py')

/** What a command cost with all processes that it started: code, last line, output, CPU seconds, wall, peak in MB. */
export function costOf({ command, cwd }) {
  const { stdout, stderr } = spawnSync('python3', [measurer, ...command], { cwd, encoding: 'utf8', maxBuffer: 2 ** 26 })
  if (!stdout) throw new Error(`${command.join(' ')}: ${stderr}`)
  return JSON.parse(stdout)
}

/** CPU and wall seconds of some work, all threads of the process included. */
export async function timed(work) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  const value = await work()
  const wall = (performance.now() - start) / 1000
  const { user, system } = process.cpuUsage(cpu)
  return { cpu: (user + system) / 1e6, wall, value }
}

/** A run of so many results, as the tests of the reporters have them. */
export async function generatedRun(results) {
  const { createViteServer } = await import('vitest/node')
  const server = await createViteServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { middlewareMode: true },
  })
  try {
    const { generate } = await server.ssrLoadModule('/test/helpers/runDocument.ts')
    return generate(results)
  } finally {
    await server.close()
  }
}

/** Median, least and greatest. */
export function spread(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  const median = sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  return { median, min: sorted[0], max: sorted.at(-1) }
}

export const number = (value, digits = 2) =>
  value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits })

/** `1.23 (1.20–1.30)` */
export function shown(numbers, digits = 2) {
  const { median, min, max } = spread(numbers)
  return `${number(median, digits)} (${number(min, digits)}–${number(max, digits)})`
}

/** The slope of seconds over sizes, both as logarithms: least squares from the first that takes so many seconds; '' for one. */
export function exponent(points, least) {
  const from = points.findIndex(([, seconds]) => seconds >= least)
  const some = (from < 0 ? [] : points.slice(from)).map(([size, seconds]) => [Math.log(size), Math.log(seconds)])
  if (some.length < 2) return ''
  const mean = (at) => some.reduce((sum, point) => sum + point[at], 0) / some.length
  const [x, y] = [mean(0), mean(1)]
  const slope =
    some.reduce((sum, point) => sum + (point[0] - x) * (point[1] - y), 0) /
    some.reduce((sum, point) => sum + (point[0] - x) ** 2, 0)
  return number(slope)
}

/** A line of the results; `met` is left out where there is no budget. */
export const line = (what, measured, budget = '', met) => ({ what, measured, budget, met })

/** Rows as a Markdown table, the first its head. */
export function table([head, ...rows]) {
  const widths = head.map((_, i) => Math.max(...[head, ...rows].map((row) => String(row[i]).length)))
  const line = (row) => `| ${row.map((cell, i) => String(cell).padEnd(widths[i])).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)]
}
