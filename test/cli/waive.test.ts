import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { writeReport } from '../../reporters/folder.ts'
import { markUnfinished } from '../../reporters/unfinished.ts'
import { contextOf } from '../../src/cli/context.ts'
import { parse } from '../../src/cli/parser.ts'
import { readWaivers } from '../../src/results/waivers.ts'
import { assay as started } from '../helpers/cli.ts'
import { document, result } from '../helpers/runDocument.ts'

const folder = await mkdtemp(path.join(tmpdir(), 'assay-'))
afterAll(() => rm(folder, { recursive: true, force: true }))
const file = path.join(folder, 'assay.waivers.json')
const id = 'orders.amount.valuesBetween~1a2b3c4d5e6f'
const failing = { status: 'fail', blocking: true, counts: { rows: 9, missing: 0, tested: 9, failed: 3 } } as const
writeReport(
  folder,
  document([
    result({ id, ...failing }),
    result({ id: 'sales.day.noMissing~0a2b3c4d5e6f', ...failing }),
    result({ id: 'sales.day.noMissing~1a2b3c4d5e6f', ...failing }),
  ]),
)

/** Runs a command line; its answer, or what was thrown. */
async function assay(...argv: readonly string[]): Promise<string> {
  const { command, args, options } = await parse(argv)
  let written = ''
  const keep = (text: string): void => {
    written += text
  }
  const shared = contextOf(options, AbortSignal.timeout(60_000))
  const context = { ...shared, print: shared.json ? () => {} : keep, write: keep }
  return command.run(args as never, options, context).then(
    (code) => `${code}: ${written}`,
    (error: Error) => written || error.message,
  )
}
const because = ({ owner = 'dana', until = '2999-01-31' } = {}): string[] => [
  '--owner',
  owner,
  '--reason',
  'gone with release 7',
  '--until',
  until,
]
const why = because()
const where = ['--file', file, '--run', folder]

test('assay waive writes the waiver of a check that a run knows', async () => {
  expect(await assay('waive', 'orders.amount', ...why, ...where)).toBe(
    `0: ${id} is accepted until 2999-01-31, up to 3 rows, in ${file}`,
  )
  expect(await readWaivers(file)).toEqual([
    { check: id, owner: 'dana', reason: 'gone with release 7', until: '2999-01-31', upTo: '3 rows' },
  ])
  expect(await assay('waive', id, ...why, ...where, '--up-to', '50 %')).toContain('up to 50 %, in')
  expect(await assay('waive', id, ...why, ...where, '--up-to', 'any')).toContain('without a ceiling, in')
  expect(await assay('waive', id, ...why, ...where)).toContain('accepted anew until')
  expect(await assay('waive', id, ...why, ...where)).toContain('accepted already until')
  expect(await assay('waive', id, ...because({ owner: 'eve' }), ...where)).toContain('accepted anew until')
  expect((await readWaivers(file)).map(({ owner }) => owner)).toEqual(['eve'])
})

test('assay waive says where a run that was killed left the results of the run before', async () => {
  const killed = path.join(folder, 'killed')
  writeReport(killed, document([result({ id, ...failing })]))
  markUnfinished(killed, '2026-11-28T06:00:00Z')
  expect(await assay('waive', id, ...why, '--file', path.join(folder, 'other.json'), '--run', killed)).toMatch(
    /A run that began 2026-11-28 06:00:00 UTC has not ended: what stands below is of the run before/,
  )
})

test('assay waive refuses an id that the run does not know, suggests the nearest, and takes it with --force', async () => {
  const before = await readFile(file, 'utf8')
  expect(await assay('waive', 'orders.amuont.valuesBetween~1a2b3c4d5e6f', ...why, ...where)).toBe(
    `no known run has a check "orders.amuont.valuesBetween~1a2b3c4d5e6f"\n  hint: did you mean ${id}?`,
  )
  expect(await assay('waive', 'sales', ...why, ...where)).toContain(
    '"sales" is 2 checks, and a waiver is of one:\n  sales.day.noMissing~0a2b3c4d5e6f\n  sales.day.noMissing~1a2b3c4d5e6f',
  )
  expect(await readFile(file, 'utf8')).toBe(before)
  expect(await assay('waive', 'other', ...why, ...where, '--force')).toContain('"check" must be the whole id')
  const other = 'other~000000000000'
  expect(await assay('waive', other, ...why, ...where, '--force')).toMatch(/^0: other~000000000000 is accepted/)
  expect(await assay('waive', id, ...why, '--file', file, '--run', path.join(folder, 'none'))).toMatch(
    /there is no run document .*none/,
  )
})

test('assay waive asks for owner, reason and day', async () => {
  for (const left of ['--owner', '--reason', '--until']) {
    const at = why.indexOf(left)
    await expect(parse(['waive', id, ...why.slice(0, at), ...why.slice(at + 2)])).rejects.toThrow(left)
  }
  expect(await assay('waive', id, ...because({ until: '2020-01-01' }), ...where)).toMatch(
    /^a waiver until 2020-01-01 is over already/,
  )
  expect(await assay('waive', id, ...because({ until: 'soon' }), ...where)).toMatch(/"until" must be a day/)
})

test('what assay waive refuses is JSON with --json, with a code', async () => {
  const code = async (...argv: readonly string[]) =>
    (JSON.parse((await started(['waive', ...argv, ...where, '--json'])).stdout) as { error: { code: string } }).error
      .code
  expect(await code('none', ...why)).toBe('unknown-check')
  expect(await code('sales', ...why)).toBe('ambiguous-check')
  expect(await code(id, ...because({ until: '2020-01-01' }))).toBe('expired-waiver')
  expect(await code(id, ...because({ owner: '\u200b' }))).toBe('wrong-waiver')
  expect(await code(id, ...why, '--up-to', '2 rows')).toBe('wrong-waiver')
})
