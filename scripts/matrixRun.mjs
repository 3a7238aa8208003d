// Lays out a project of the matrix, runs vitest in it and compares the outcome with what the titles of its tests say.
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './run.mjs'
import { clean } from './tarball.mjs'

/** A project of its own with the files of the named suites. */
export function project({ folder }, name, suites) {
  const made = join(folder, 'matrix', name.replace(/\W+/g, '-'))
  rmSync(made, { recursive: true, force: true })
  mkdirSync(made, { recursive: true })
  for (const suite of suites) cpSync(join(root, 'test/fixtures/matrix', suite), made, { recursive: true })
  return made
}

export const cli = ({ folder }) => join(folder, 'node_modules/vitest/vitest.mjs')

/** Starts a command in a process group of its own, which a run that hangs is ended with. */
export function start(command, args, { cwd, env = {}, seconds = 90 }) {
  const child = spawn(command, args, {
    cwd,
    env: { ...clean(), ...env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const running = { child, output: '', stdout: '' }
  child.stdout.on('data', (data) => {
    running.output += data
    running.stdout += data
  })
  child.stderr.on('data', (data) => (running.output += data))
  running.end = () => {
    try {
      if (child.pid) process.kill(-child.pid, 'SIGKILL')
    } catch {
      // it has ended by itself
    }
  }
  running.done = new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      running.end()
      reject(new Error(`it still ran after ${seconds} s:\n${running.output.slice(-2000)}`))
    }, seconds * 1000)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      resolve({ code, signal, output: running.output, stdout: running.stdout })
    })
  })
  return running
}

/** Runs vitest once, to its end. */
export function vitest(version, cwd, args = [], options = {}) {
  const json = ['--reporter=default', '--reporter=json', '--outputFile.json=vitest.json']
  return start(version.node, [cli(version), 'run', ...(options.plain ? [] : json), ...args], { cwd, ...options }).done
}

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** The results in a run document, each with what it shares with others. */
export function resultsIn(file) {
  const { results, places, checks, abouts, subjects, origins } = readJson(file)
  return results.map((result) => {
    const [about, origin] = [abouts[result.about], origins[result.origin]]
    return {
      ...result,
      ...checks[result.check],
      subject: { ...subjects[about.of], ...about },
      where: { ...places[origin.place], ...origin },
    }
  })
}

/** Holds vitest's own report and ours to the titles; throws what differs, returns how much was compared. */
export function compare(cwd, ran, { atLeast = 1 } = {}) {
  const wrong = []
  if (!existsSync(join(cwd, 'vitest.json'))) throw new Error(`vitest wrote no report:\n${ran.output.slice(-3000)}`)
  const { testResults } = readJson(join(cwd, 'vitest.json'))
  const results = resultsIn(join(cwd, 'report/report.json'))
  let tests = 0
  for (const { title, status, failureMessages } of testResults.flatMap((file) => file.assertionResults)) {
    const [, outcome, statuses] = /^(\w+): .*\[(.*)\]$/.exec(title)
    const found = results.filter(({ where }) => where.test === title || where.test.endsWith(` > ${title}`))
    const words = found
      .map((result) => result.status)
      .sort()
      .join(' ')
    const ended = status === 'pending' ? 'skipped' : status
    if (ended !== outcome) wrong.push(`${title}: ${ended} ${failureMessages.join(' ').slice(0, 300)}`)
    if (words !== statuses) wrong.push(`${title}: the report holds [${words}]`)
    tests++
  }
  for (const { where } of results) {
    const lines = existsSync(join(cwd, where.file)) ? readFileSync(join(cwd, where.file), 'utf8').split('\n') : []
    if (where.line !== undefined && !/expect|own\.soft/.test(lines[where.line - 1] ?? ''))
      wrong.push(`${where.test}: line ${where.line} of ${where.file} holds no assertion`)
  }
  const questions = new Map()
  for (const { id, kind, subject, expected } of results) {
    const question = JSON.stringify([kind, subject, expected])
    if ((questions.get(id) ?? question) !== question) wrong.push(`${id} is the id of two questions`)
    questions.set(id, question)
  }
  if (/unhandled/i.test(ran.output)) wrong.push(`unhandled:\n${ran.output.slice(-1500)}`)
  if (tests < atLeast) wrong.push(`only ${tests} tests ran:\n${ran.output.slice(-1500)}`)
  if (wrong.length > 0) throw new Error(wrong.join('\n'))
  return `${tests} tests, ${results.length} results`
}

/** Waits until a condition holds; throws after so many seconds. */
export async function until(condition, what, seconds = 20) {
  for (let i = 0; i < seconds * 20; i++) {
    if (condition()) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`in ${seconds} s: ${what()}`)
}
