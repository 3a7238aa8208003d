import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { publicNames } from '../helpers/publicNames.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const sources = [
  'reporters/vitest.ts',
  ...(readdirSync(path.join(root, 'src'), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts') && !/^(cli|engine|sql)\W/.test(name))
    .map((name) => path.join('src', name)),
]

/** The members of an interface, each with the comment before it. */
function members(body: string): { name: string; doc: string }[] {
  return [...body.matchAll(/^ {2}(?:\/\*\*((?:(?!\*\/)[^])*)\*\/\n {2})?(?:readonly )?['"]?(\w+)['"]?\??:/gm)].map(
    ([, doc = '', name = '']) => ({ name, doc }),
  )
}

// Options that only our own code gives.
const inner = ['SchemaCheckOptions', 'TextFileOptions', 'SummaryOptions', 'LoadOptions']

test('every option says what it means and shows an example', () => {
  const silent: string[] = []
  let seen = 0
  for (const file of sources) {
    for (const [, name = '', body = ''] of read(file).matchAll(
      /^export interface (\w*Options|Bounds)\b[^{]*\{\n([^]*?)\n\}/gm,
    )) {
      if (inner.includes(name)) continue
      const all = members(body)
      seen += all.length
      silent.push(
        ...all
          .filter(({ doc }) => !/\w.*\n[^]*@example .|\w.* @example ./.test(doc))
          .map((one) => `${file}: ${name}.${one.name}`),
      )
    }
  }
  expect(seen).toBeGreaterThan(50)
  expect(silent).toEqual([])
})

test('every matcher says what it judges and shows an example of itself', () => {
  const body = /export const matchers = \{\n([^]*?)\n\}/.exec(read('matchers/index.ts'))?.[1] ?? ''
  const all = members(body)
  expect(all.length).toBeGreaterThan(10)
  for (const { name, doc } of all)
    expect(doc).toMatch(new RegExp(`\\w+.*\\n[^]*@example await expect\\(.*\\)\\.${name}\\(`))
})

test.each(['src/index.ts', 'src/plugin/index.ts', 'src/results/index.ts', 'reporters/index.ts'])(
  'every name of %s says what it is',
  (entry) => {
    const all = [...publicNames(path.join(root, entry)).values()]
    expect(all.length).toBeGreaterThan(0)
    expect(
      all.filter(({ doc }) => !/\w/.test(doc)).map(({ name, file }) => `${path.relative(root, file)}: ${name}`),
    ).toEqual([])
  },
)
