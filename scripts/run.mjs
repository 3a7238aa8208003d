import { spawnSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const windows = process.platform === 'win32'

/** Runs a command in the repository and ends this process with its code when it fails. */
export function run(command, args, options = {}) {
  const started = Date.now()
  console.log(`\n> ${command} ${args.join(' ')}`)
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell: windows, ...options })
  if (error) console.error(error.message)
  if (status !== 0 && !options.mayFail) process.exit(status ?? 1)
  return { status: status ?? 1, seconds: (Date.now() - started) / 1000 }
}

/** Installs what package-lock.json names. Not `npm ci`: it refuses a lock file without the other platforms' binaries. */
export function install() {
  rmSync(join(root, 'node_modules'), { recursive: true, force: true })
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'])
}

/** A tool of node_modules. */
export function tool(name, args, options) {
  return run('npx', ['--no-install', name, ...args], options)
}
