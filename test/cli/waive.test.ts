import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeReport } from '../../reporters/folder.ts'
import { contextOf } from '../../src/cli/context.ts'
import { parse } from '../../src/cli/parser.ts'
import { readWaivers } from '../../src/results/waivers.ts'
import { document, result } from '../helpers/runDocument.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'assay-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'assay.waivers.json')
const id = 'orders.amount.valuesBetween~1a2b3c4d'
writeReport(folder, document([result({ id }), result({ id: `${id}-2` })]))

/** Runs a command line; its answer, or what was thrown. */
async function assay(...argv: readonly string[]): Promise<string> {
  const { command, args, options } = await parse(argv)
  let written = ''
  const keep = (text: string): void => {
    written += text
  }
  const context = { ...contextOf(options, AbortSignal.timeout(60_000)), print: keep, write: keep }
  return command.run(args as never, options, context).then(
    (code) => `${code}: ${written}`,
    (error: Error) => error.message,
  )
}
const why = ['--owner', 'dana', '--reason', 'gone with release 7', '--until', '2999-01-31']
const where = ['--file', file, '--run', folder]

test('assay waive writes the waiver of a check that a run knows', async () => {
  expect(await assay('waive', `${id}-2`, ...why, ...where)).toBe(`0: ${id} is accepted until 2999-01-31, in ${file}`)
  expect(await readWaivers(file)).toEqual([
    { check: id, owner: 'dana', reason: 'gone with release 7', until: '2999-01-31' },
  ])
  expect(await assay('waive', id, ...why, ...where)).toContain('accepted already until')
  expect(await assay('waive', id, ...why, ...where, '--owner', 'eve')).toContain('accepted anew until')
  expect((await readWaivers(file)).map(({ owner }) => owner)).toEqual(['eve'])
})

test('assay waive refuses an id that the run does not know, suggests the nearest, and takes it with --force', async () => {
  const before = await readFile(file, 'utf8')
  expect(await assay('waive', 'orders.amuont.valuesBetween~1a2b3c4d', ...why, ...where)).toBe(
    `no known run has a check "orders.amuont.valuesBetween~1a2b3c4d"\n  hint: did you mean ${id}?`,
  )
  expect(await readFile(file, 'utf8')).toBe(before)
  expect(await assay('waive', 'other', ...why, ...where, '--force')).toMatch(/^0: other is accepted/)
  expect(await assay('waive', id, ...why, '--file', file, '--run', path.join(folder, 'none'))).toMatch(
    /there is no file .*none/,
  )
})

test('assay waive asks for owner, reason and day', async () => {
  for (const left of ['--owner', '--reason', '--until']) {
    const at = why.indexOf(left)
    await expect(parse(['waive', id, ...why.slice(0, at), ...why.slice(at + 2)])).rejects.toThrow(left)
  }
  expect(await assay('waive', id, ...why, ...where, '--until', '2020-01-01')).toMatch(
    /^a waiver until 2020-01-01 is over already/,
  )
  expect(await assay('waive', id, ...why, ...where, '--until', 'soon')).toMatch(/"until" must be a day/)
})
