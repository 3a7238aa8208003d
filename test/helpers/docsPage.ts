import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { outcomes, project, type Run } from './project.ts'

/**
 * Tests of a page of the docs, as of the README: blocks whose fence names a file make a project, blocks of text hold what
 * the test of their name printed. ASSAY_DOCS=write puts in what it prints now.
 */
export function docsPage(
  name: string,
  env: Readonly<Record<string, string>> = {},
): {
  readonly text: string
  /** The names of matchers that it says. */
  readonly matchers: readonly string[]
  statuses(): Readonly<Record<string, string>>
} {
  const file = new URL(`../../docs/${name}`, import.meta.url)
  const page = readFileSync(file, 'utf8')
  const fence = /^```(\w+) ([^\n]+)\n([\s\S]*?)^```$/gm
  const blocks = [...page.matchAll(fence)].map(([, language, of, text]) => ({
    language,
    name: of as string,
    text: text as string,
  }))

  let run: Run
  let made: Awaited<ReturnType<typeof project>>
  beforeAll(async () => {
    const files = blocks.filter(({ language }) => language !== 'text')
    made = await project(Object.fromEntries(files.map((block) => [block.name, block.text])))
    run = await made.run([], env)
    // A page that does not compile has printed nothing.
    expect(Object.keys(outcomes(run)), run.output).not.toEqual([])
  })
  afterAll(() => made?.remove())

  const printed = (title: string): string =>
    `${(outcomes(run)[title]?.message ?? 'it passed').replace(/\n\s+at [\s\S]*$/, '').replace(/^(Assay)?Error: /, '')}\n`

  test.each(blocks.filter(({ language }) => language === 'text'))(`docs/${name} shows what "$name" prints`, (block) => {
    const now = printed(block.name)
    if (process.env.ASSAY_DOCS === 'write')
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(fence, (whole, _, of) =>
          of === block.name ? `\`\`\`text ${of}\n${now}\`\`\`` : whole,
        ),
      )
    else expect(block.text).toBe(now)
  })
  return {
    text: page,
    matchers: [...page.matchAll(/\bto(?:Have|Be|Match|Score|Pass)[A-Z]?\w*/g)].map(([name]) => name),
    statuses: () => Object.fromEntries(Object.entries(outcomes(run)).map(([title, one]) => [title, one.status])),
  }
}
