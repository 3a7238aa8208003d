import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomes, project, type Run } from './helpers/project.ts'

// Blocks of the README whose fence names a file make a project; blocks of text that name a test, or the terminal, hold
// what running it printed. ASSAY_DOCS=write puts in what it prints now.
const file = new URL('../README.md', import.meta.url)
const readme = readFileSync(file, 'utf8')
const fence = /^```(\w+) ([^\n]+)\n([\s\S]*?)^```$/gm

const blocks = [...readme.matchAll(fence)].map(([, language, name, text]) => ({
  language,
  name: name as string,
  text: text as string,
}))
const files = blocks.filter(({ language, name }) => language !== 'text' && name !== 'vitest.config.ts')
const shown = blocks.filter(({ language }) => language === 'text')

let run: Run
let made: Awaited<ReturnType<typeof project>>
beforeAll(async () => {
  made = await project(Object.fromEntries(files.map(({ name, text }) => [name, text])), `{ title: 'orders' }`)
  run = await made.run()
})
afterAll(() => made?.remove())

/** What the run printed for a block, as the README shows it. */
function printed(name: string): string {
  if (name === 'terminal') {
    const start = run.output.search(/^ [✗◆∅▲?] /m)
    return `${run.output.slice(start).trimEnd()}\n`
  }
  const { message } = outcomes(run)[name] ?? { message: `there is no test ${JSON.stringify(name)}` }
  return `${message.replace(/\n\s+at [\s\S]*$/, '').replace(/^Error: /, '')}\n`
}

/** Times differ from run to run; those shown are of the package as it is installed, and here vite transforms its source. */
const timeless = (text: string): string => text.replace(/\d+(\.\d+)? (ms|s)\b/g, '… s')

test.each(shown.map(({ name, text }) => ({ name, text })))('the README shows what "$name" prints', ({ name, text }) => {
  const now = printed(name)
  if (process.env.ASSAY_DOCS === 'write' && timeless(text) !== timeless(now)) {
    const current = readFileSync(file, 'utf8')
    writeFileSync(
      file,
      current.replace(fence, (whole, _, of) => (of === name ? `\`\`\`text ${name}\n${now}\`\`\`` : whole)),
    )
  } else expect(timeless(text)).toBe(timeless(now))
})

test("the README's project has the outcomes it tells of", () => {
  const status = Object.fromEntries(Object.entries(outcomes(run)).map(([title, one]) => [title, one.status]))
  expect(status).toEqual({
    'orders keep their contract': 'passed',
    'amounts are sane': 'failed',
    'an order is there once': 'failed',
    'the shop still sells like the web': 'passed',
    'tickets reach the right desk': 'failed',
    'an ordinary test': 'passed',
  })
})

test('every matcher and file the README names exists', async () => {
  const { matchers } = await import('../matchers/index.ts')
  const named = new Set([...readme.matchAll(/`(to[A-Z]\w+)\(/g)].map((match) => match[1]))
  expect([...named].filter((name) => !((name as string) in matchers))).toEqual([])
  for (const [, link] of readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)) {
    expect(() => readFileSync(new URL(`../${link}`, import.meta.url)), link).not.toThrow()
  }
})
