// Watch mode: each change must run just the tests that read the file, and the report must keep the results of the others.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cli, project, resultsIn, start, until } from './matrixRun.mjs'

export async function watch(version, name) {
  const cwd = project(version, name, ['watch'])
  const running = start(version.node, [cli(version), 'watch'], { cwd, seconds: 120 })
  const ended = running.done.catch(() => {})
  const report = join(cwd, 'report/report.json')
  const written = () => (existsSync(report) ? statSync(report).mtimeMs : 0)
  const ran = () => (existsSync(join(cwd, 'ran.log')) ? readFileSync(join(cwd, 'ran.log'), 'utf8') : '')
  const results = () => resultsIn(report)
  const sorted = (text) => text.trim().split('\n').filter(Boolean).sort().join(' ')
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
  const steps = [
    ['a table', ['people.csv', 'id\n-1\n'], 'column', { id: 'fail' }],
    ['cases', ['cases.csv', 'input,expected\na,B\n'], 'cases', { up: 'fail', id: 'fail' }],
    ['a table again', ['people.csv', 'id\n1\n'], 'column', { up: 'fail', id: 'pass' }],
    ['a contract', ['__contracts__/kept.schema.json', '{ "required": ["gone"] }\n'], 'contract', { kept: 'fail' }],
    ['a new file of a glob', ['parts/2.csv', 'id\n2\n'], 'glob', { up: 'fail' }],
    ['a removed file of a glob', ['parts/2.csv', undefined], 'glob', {}],
    ['a file that nothing reads', ['notes.csv', 'id\n'], '', {}],
  ]
  try {
    await until(
      () => written() > 0 && /Waiting for file changes|PASS|FAIL/.test(running.output),
      () => running.output.slice(-1500),
      60,
    )
    await pause(1500)
    const first = sorted(ran())
    if (first !== 'cases column contract glob plain') throw new Error(`the first run was: ${first}`)
    for (const [what, [file, text], tests, statuses] of steps) {
      const [before, length] = [written(), ran().length]
      if (text === undefined) rmSync(join(cwd, file))
      else writeFileSync(join(cwd, file), text)
      if (tests)
        await until(
          () => written() > before,
          () => `${what}: no new report\n${running.output.slice(-1500)}`,
        )
      await pause(700)
      const again = sorted(ran().slice(length))
      if (again !== tests) throw new Error(`${what} ran: ${again || 'nothing'}, not ${tests || 'nothing'}`)
      const found = results()
      const files = new Set(found.map(({ where }) => where.file))
      if (files.size !== 4) throw new Error(`after ${what} the report holds results of ${[...files]}`)
      for (const [subject, status] of Object.entries(statuses)) {
        const of = found.filter((result) => [result.subject.name, result.subject.column].includes(subject))
        if (!of.some((result) => result.status === status))
          throw new Error(`after ${what}, ${subject} is not ${status}`)
      }
    }
  } finally {
    running.end()
    await ended
  }
  return `${steps.length} changes`
}
