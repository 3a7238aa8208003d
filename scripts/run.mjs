import { spawn, spawnSync } from 'node:child_process'
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
  // Its runtime for one processor comes with the package; the one for graphics cards would be fetched from elsewhere.
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' }
  run('npm', ['install', '--no-save', '--no-audit', '--no-fund'], { env })
}

/** A tool of node_modules. */
export function tool(name, args, options) {
  return run('npx', ['--no-install', name, ...args], options)
}

/** How long a command may print nothing before it is taken to hang: no limit by the clock, but one by progress. */
const SILENCE = 15 * 60_000

/** A command that tells of its progress; it is ended when it falls silent. */
export function watched(command, args, env = process.env) {
  console.log(`\n> ${command} ${args.join(' ')}`)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: windows,
      detached: !windows,
    })
    // With its children, where there are groups of processes.
    const end = (signal) => (windows || !child.pid ? child.kill(signal) : process.kill(0 - child.pid, signal))
    const silent = () => {
      console.error(`\n${command} printed nothing for ${SILENCE / 60_000} minutes and was ended`)
      end('SIGKILL')
    }
    let timer = setTimeout(silent, SILENCE)
    for (const stream of ['stdout', 'stderr'])
      child[stream].on('data', (chunk) => {
        process[stream].write(chunk)
        clearTimeout(timer)
        timer = setTimeout(silent, SILENCE)
      })
    const interrupt = () => end('SIGINT')
    process.on('SIGINT', interrupt)
    child.on('close', (status) => {
      clearTimeout(timer)
      process.off('SIGINT', interrupt)
      resolve({ status: status ?? 1 })
    })
  })
}
