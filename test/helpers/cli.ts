import { type ChildProcessWithoutNullStreams, execFile, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const root = fileURLToPath(new URL('../..', import.meta.url))

let building: Promise<string> | undefined

/** The bundled `assay`, built once for the sources as they are: Node 20 does not run TypeScript. */
export function builtCli(): Promise<string> {
  building ??= build()
  return building
}

async function build(): Promise<string> {
  const folder = path.join(root, 'tmp')
  const name = `cli-${sourcesHash()}`
  const main = path.join(folder, name, 'src/cli/main.js')
  if (existsSync(main)) return main
  const own = path.join(folder, `${name}.${process.pid}`)
  await promisify(execFile)(process.execPath, [path.join(root, 'scripts/bundle.mjs'), own])
  // Another worker may have been faster.
  await rename(own, path.join(folder, name)).catch(() => rm(own, { recursive: true }))
  for (const other of readdirSync(folder)) {
    if (!other.startsWith('cli-') || other === name) continue
    // Another worker may just have moved it.
    const made = statSync(path.join(folder, other), { throwIfNoEntry: false })?.mtimeMs ?? Date.now()
    if (Date.now() - made > 3_600_000) rmSync(path.join(folder, other), { recursive: true, force: true })
  }
  return main
}

function sourcesHash(): string {
  const hash = createHash('sha256')
  const inRoom = (room: string) =>
    (readdirSync(path.join(root, room), { recursive: true }) as string[]).sort().map((file) => `${room}/${file}`)
  for (const file of [
    ...['src', 'matchers', 'reporters'].flatMap(inRoom),
    'scripts/bundle.mjs',
    'scripts/asScript.mjs',
  ]) {
    const { mtimeMs, size } = statSync(path.join(root, file))
    hash.update(`${file} ${mtimeMs} ${size}\n`)
  }
  return hash.digest('hex').slice(0, 16)
}

/** How a process ended. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
  readonly input?: string | Buffer
}

/** The environment of this process without what vitest and CI put there. */
export function plainEnvironment(more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(VITEST|ASSAY|CI$|GITHUB|TEST$|NODE_ENV$|NO_COLOR$|FORCE_COLOR$)/.test(name),
  )
  return { ...Object.fromEntries(kept), ...more }
}

/** Starts `assay`. */
export async function startCli(
  args: readonly string[],
  { cwd, env = {} }: RunOptions = {},
): Promise<ChildProcessWithoutNullStreams> {
  const main = await builtCli()
  return spawn(process.execPath, [main, ...args], { cwd, env: plainEnvironment(env), stdio: 'pipe' })
}

/** What a started process wrote, and how it ended. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  const text = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text.stdout += part))
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text.stderr += part))
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, ...text }
}

/** Runs `assay` as a process of its own. */
export async function assay(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
  const child = await startCli(args, options)
  child.stdin.on('error', () => {})
  child.stdin.end(options.input)
  return ended(child)
}

/** Six orders, one of them with an amount below 0, one without an amount, one with a channel in capitals. */
export const orders = `id,day,channel,amount
1,2026-11-01,web,19.90
2,2026-11-01,web,250.00
2,2026-11-02,shop,-3.50
3,2026-11-02,WEB,41.00
4,2026-11-03,shop,
5,2026-11-03,app,12.25
`

/** A schema that the orders break in three places: amount, presence of amount, channel. */
export const ordersSchema = JSON.stringify({
  type: 'object',
  properties: {
    id: { type: 'integer' },
    day: { type: 'string', format: 'date' },
    channel: { enum: ['web', 'shop', 'app'] },
    amount: { type: 'number', minimum: 0 },
  },
  required: ['id', 'amount'],
  additionalProperties: false,
})

/** What a script says that uses the package in plain Node: `entry` is the address of `assay`. */
export async function inPlainNode(
  script: (entry: string) => string,
): Promise<{ readonly code: number; readonly stdout: string; readonly stderr: string }> {
  const entry = new URL('../index.js', `file://${await builtCli()}`).href
  const args = ['--input-type=module', '--eval', script(JSON.stringify(entry))]
  return new Promise((resolve) =>
    execFile(process.execPath, args, { env: plainEnvironment() }, (error, stdout, stderr) =>
      resolve({ code: Number(error?.code ?? 0), stdout, stderr }),
    ),
  )
}
