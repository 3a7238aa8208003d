import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { declaredNames } from './helpers/declaredNames.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Words that do not say what a value is for: a noun of its role does (`column`, `result`, `options`). */
const vague = new Set('asked found given heard it one ones said that them these thing things those told'.split(' '))
/** A name that is seen on no more lines than this explains itself. */
const SHORT = 5
/** Fields of the run document, which is published. */
const published = new Set(['src/results/runDocument.ts found', 'reporters/run/problems.ts found'])

const files = ['src', 'matchers', 'reporters'].flatMap((folder) =>
  (readdirSync(path.join(root, folder), { recursive: true }) as string[])
    .filter((name) => name.endsWith('.ts'))
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/'))),
)

/** The code of a file, without the comments that stand on lines of their own. */
const codeOf = (file: string): string =>
  readFileSync(path.join(root, file), 'utf8').replace(/^ *(?:\/\*|\*|\/\/).*$/gm, '')

test('a name that is seen on more than five lines says the role of its value', () => {
  // What may declare one; a file without any need not be parsed.
  const mayHave = new RegExp(`\\b(?:${[...vague].join('|')})(?:[?!]? *[,:=)}\\]<(\\n]| (?:of|in) )`)
  const wrong = files.flatMap((file) => {
    const code = codeOf(file)
    const names = mayHave.test(code) ? declaredNames(file, code) : []
    return names
      .filter(({ name, lines }) => vague.has(name) && lines > SHORT && !published.has(`${file} ${name}`))
      .map(({ name, line }) => `${file}:${line} ${name}`)
  })
  expect(wrong).toEqual([])
})

test('a type that other files import has a name of its own', () => {
  const homes = new Map<string, string[]>()
  for (const file of files)
    for (const [, name = ''] of codeOf(file).matchAll(/^export (?:abstract )?(?:interface|type|class) (\w+)/gm))
      homes.set(name, [...(homes.get(name) ?? []), file])
  const shared = [...homes].filter(([, own]) => own.length > 1).map(([name, own]) => `${name}: ${own.join(', ')}`)
  expect(shared).toEqual([])
})
