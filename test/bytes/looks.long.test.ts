import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { deserialize, serialize } from 'node:v8'
import { expect, test, vi } from 'vitest'
import { Looks } from '../../src/bytes/looks.ts'
import { openText } from '../../src/formats/text/openText.ts'
import { textFile, textFileOf } from '../../src/formats/text/textFile.ts'
import { seeded } from '../../src/stats/random.ts'
import { temporaryFile } from '../helpers/files.ts'
import { keptFolder } from '../helpers/keptFolder.ts'

const folder = keptFolder()

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

interface Content {
  readonly text: string
  readonly copies: readonly object[]
}

/** What a process of the run knows of a file: each has looks of its own. */
async function contentIn(looks: Looks<Content>, file: string, copies: readonly object[] = []) {
  let looked = false
  const look = async () => {
    looked = true
    const text = readFileSync(file, 'utf8')
    await wait(25)
    return { text, copies }
  }
  const { text } = await looks.at([file], 'content', look, {
    parts: (content) => content.text,
    of: (told) => ({ text: told, copies: [] }),
  })
  return { text, looked }
}

test('a file is looked at once in a run, and anew whenever it was written', async () => {
  const file = await temporaryFile('rows.csv', 'start')
  const random = seeded('looks')
  const processes = [new Looks<Content>(), new Looks<Content>(), new Looks<Content>()]
  let known = 0
  for (let i = 0; i < 40; i++) {
    if (random() < 0.5) writeFileSync(file, `text ${Math.floor(random() * 3)}`)
    if (random() < 0.5) await wait(60)
    const { text, looked } = await contentIn(processes[Math.floor(random() * 3)] as Looks<Content>, file)
    expect(text, `step ${i}`).toBe(readFileSync(file, 'utf8'))
    if (!looked) known++
  }
  expect(known).toBeGreaterThan(5)
  await wait(60)
  await contentIn(new Looks(), file)
  expect(await contentIn(new Looks(), file)).toMatchObject({ looked: false })
})

test('a look that is read from a temporary file is that of its process, and so is one without a run', async () => {
  const file = await temporaryFile('rows.csv', 'start')
  await wait(60)
  await contentIn(new Looks(), file, [{}])
  expect(readdirSync(folder())).toEqual([])
  vi.stubEnv('ASSAY_KEPT', undefined)
  await contentIn(new Looks(), file)
  expect(await contentIn(new Looks(), file)).toMatchObject({ looked: true })
})

test('a file that has fewer rows than before says of no row where it stands', async () => {
  const file = await temporaryFile('rows.csv', 'a\n1\n2\n')
  const text = await textFile({ path: file, decoded: false }, { file, tabs: false })
  writeFileSync(file, 'a\n1\n')
  expect(await text.linesOf([1, 2])).toEqual([2, 0])
})

test('what is told of a text file to another process is all that was seen of it', async () => {
  const rows = Array.from({ length: 70_000 }, (_, i) => `${i},"a\n${i % 7}"\r\n`).join('')
  for (const [text, options] of [
    [`id,name\r\n${rows}`, {}],
    [rows, { header: false }],
    ['a\n1;2\n3;4\n5;6\n7;8\n', {}],
    ['a,b\nmany characters,\u0000\n', {}],
  ] as const) {
    const file = await temporaryFile('rows.csv', text)
    const named = { file, path: file }
    const own = await textFile({ path: file, decoded: false }, { ...options, file, tabs: false })
    expect(own.copies).toEqual([])
    const { copies: _, linesOf: __, path: ___, ...parts } = own
    const told = textFileOf(deserialize(serialize(parts)), { path: file, decoded: false })
    expect({ ...told, linesOf: 0 }).toEqual({ ...own, linesOf: 0 })
    const some = [1, Math.min(own.rows, 66_000), own.rows]
    expect(await told.linesOf(some)).toEqual(await own.linesOf(some))
    expect({ ...(await openText(named, false, options)), linesOf: 0 }).toEqual({ ...own, linesOf: 0 })
  }
})
