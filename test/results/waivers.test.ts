import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { noMissing, valuesBetween } from '../../src/checks/index.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { addWaiver } from '../../src/results/addWaiver.ts'
import { waiverNotes } from '../../src/results/waiverNotes.ts'
import { parseWaivers, readWaivers, type Waiver, withWaivers } from '../../src/results/waivers.ts'
import { temporaryFile } from '../helpers/files.ts'
import { result } from '../helpers/runDocument.ts'

const orders = dataset([{ amount: -1 }, { amount: 5 }], { name: 'orders' })
const broken = valuesBetween(orders.column('amount'), { min: 0 })
const [failing] = await evaluate(broken)
const id = (failing as { id: string }).id

function waiver(overrides: Partial<Waiver> = {}): Waiver {
  return { check: id, owner: 'dana', reason: 'refunds are negative', until: '2026-11-30', ...overrides }
}
const text = (...waivers: unknown[]): string => JSON.stringify({ waivers })
const at = (instant: string): { now: Date } => ({ now: new Date(instant) })

/** What was thrown, without the hint. */
async function problem(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    return (error as Error).message.replace(/\n {2}hint: [\s\S]*/, '')
  }
  return 'nothing'
}

describe('a failure that is waived', () => {
  test('is accepted, fails no test, and says who, until when and why', async () => {
    const [found] = await evaluate(broken, { waivers: [waiver()], ...at('2026-11-01T00:00:00Z') })
    expect(found).toMatchObject({
      status: 'accepted',
      blocking: false,
      waiver: { owner: 'dana', reason: 'refunds are negative', until: '2026-11-30' },
      counts: { failed: 1 },
    })
  })

  test('is accepted to the end of its last day in UTC, and a failure the moment after', async () => {
    const status = async (instant: string) =>
      (await evaluate(broken, { waivers: [waiver()], ...at(instant) })).map((one) => [one.status, one.blocking])
    expect(await status('2026-11-30T23:59:59.999Z')).toEqual([['accepted', false]])
    expect(await status('2026-12-01T00:00:00.000Z')).toEqual([['fail', true]])
    expect(await status('2026-12-01T00:30:00+01:00')).toEqual([['accepted', false]])
  })

  test('another check is untouched', async () => {
    const [found] = await evaluate(broken, { waivers: [waiver({ check: 'orders.amount.valuesBetween~00000000' })] })
    expect(found).toMatchObject({ status: 'fail', blocking: true })
    expect(found).not.toHaveProperty('waiver')
  })

  test('is accepted wherever it is asked: the number that a run adds to a second id means nothing', async () => {
    const now = new Date('2026-11-01')
    expect(withWaivers([result({ id: `${id}-2`, status: 'fail' })], [waiver()], now)[0]?.status).toBe('accepted')
    expect(withWaivers([result({ id, status: 'fail' })], [waiver({ check: `${id}-3` })], now)[0]?.status).toBe(
      'accepted',
    )
  })
})

test('a warning and a pass stay what they are', async () => {
  const warning = valuesBetween(orders.column('amount'), { min: 0 }, { severity: 'warn' })
  const holding = valuesBetween(orders.column('amount'), { min: -9 })
  const found = await evaluate([warning, holding], { waivers: [waiver()], ...at('2026-11-01') })
  expect(found.map(({ status, waiver: own }) => [status, own])).toEqual([
    ['warn', undefined],
    ['pass', undefined],
  ])
})

test('an error, a vacuous and an inconclusive result cannot hide behind a waiver, and say so', async () => {
  const checks = [
    noMissing(orders.column('amuont' as string)),
    valuesBetween(dataset([], { name: 'none' }).column('a'), { min: 0 }),
  ]
  const found = await evaluate(checks)
  const waivers = found.map((one) => waiver({ check: one.id }))
  const again = await evaluate(checks, { waivers, ...at('2026-11-01') })
  expect(again.map(({ status, blocking }) => [status, blocking])).toEqual(
    found.map(({ status, blocking }) => [status, blocking]),
  )
  expect(again.every(({ blocking }) => blocking)).toBe(true)
  for (const { message } of again) expect(message).toContain('the waiver of dana does not cover this')
  const undecided = withWaivers(
    [result({ id, status: 'inconclusive', blocking: true, message: 'the interval spans the limit' })],
    [waiver()],
    new Date('2026-11-01'),
  )[0]
  expect(undecided).toMatchObject({ status: 'inconclusive', blocking: true })
  expect(undecided?.message).toBe(
    'the interval spans the limit\nthe waiver of dana does not cover this: it accepts a failure, not a check that is inconclusive',
  )
})

const schema = JSON.parse(
  await readFile(new URL('../../docs/schemas/waivers.schema.json', import.meta.url), 'utf8'),
) as object
const ajv = new Ajv2020({ allErrors: true })
formats.default(ajv)
const valid = ajv.compile(schema)

describe('a file of waivers', () => {
  const good: readonly (readonly [string, string])[] = [
    ['no waiver', text()],
    ['one', text(waiver())],
    ['a leap day', text(waiver({ until: '2028-02-29' }))],
    ['a schema', JSON.stringify({ $schema: 'x', waivers: [waiver()] })],
  ]
  test.for(good)('%s: reads, and holds to the published schema', ([, content]) => {
    expect(parseWaivers(content)).toEqual((JSON.parse(content) as { waivers: Waiver[] }).waivers)
    expect(valid(JSON.parse(content))).toBe(true)
  })

  const { owner: _, ...ownerless } = waiver()
  const about = `waiver 1 (${id})`
  const bad: readonly (readonly [string, unknown, string])[] = [
    ['a list', [], 'it has no list "waivers"'],
    ['no list', { waivers: {} }, 'it has no list "waivers"'],
    ['another key', { waivers: [], waiver: [] }, '"waiver" is not known; there are $schema, waivers'],
    ['no owner', { waivers: [ownerless] }, `${about}: "owner" is missing`],
    ['a blank reason', { waivers: [waiver({ reason: ' ' })] }, `${about}: "reason" must be a text that says something`],
    ['a number', { waivers: [{ ...waiver(), owner: 7 }] }, `${about}: "owner" must be a text that says something`],
    [
      'no such day',
      { waivers: [waiver({ until: '2026-02-30' })] },
      `${about}: "until" must be a day like "2027-01-31", and "2026-02-30" is none`,
    ],
    [
      'an instant',
      { waivers: [waiver({ until: '2026-11-30T00:00:00Z' })] },
      `${about}: "until" must be a day like "2027-01-31", and "2026-11-30T00:00:00Z" is none`,
    ],
    [
      'a typo',
      { waivers: [{ ...waiver(), untill: '2026-11-30' }] },
      `${about}: "untill" is not known; there are check, owner, reason, until`,
    ],
    ['no entry', { waivers: [null] }, 'waiver 1: it is not an object'],
  ]
  test.for(bad)(
    '%s: is refused with the entry and what is wrong, and the published schema refuses it',
    async ([, value, message]) => {
      expect(await problem(() => parseWaivers(JSON.stringify(value)))).toBe(
        `the waivers in assay.waivers.json are wrong:\n  ${message}`,
      )
      expect(valid(value)).toBe(false)
    },
  )

  test('two waivers of one check are refused, also when one has the number of a second result', async () => {
    expect(await problem(() => parseWaivers(text(waiver(), waiver({ check: `${id}-2` })), 'w.json'))).toBe(
      `the waivers in w.json are wrong:\n  waiver 2 (${id}-2): waiver 1 is of the same check`,
    )
  })

  test('text that is not JSON is refused, and every wrong entry is named', async () => {
    expect(await problem(() => parseWaivers('{ "waivers": [ }'))).toMatch(/are wrong:\n {2}it is not JSON: /)
    expect(await problem(() => parseWaivers(text({ ...ownerless }, waiver({ check: 'b', until: 'soon' }))))).toMatch(
      /waiver 1 .*"owner" is missing\n {2}waiver 2 \(b\): "until" must be a day/,
    )
  })

  test('a file that is not there is an error, unless it is optional', async () => {
    const missing = path.join(path.dirname(await temporaryFile('x', '')), 'none.json')
    expect(await problem(() => readWaivers(missing))).toMatch(/^the waivers cannot be read: ENOENT/)
    expect(await readWaivers(missing, { optional: true })).toEqual([])
    expect(await readWaivers(await temporaryFile('w.json', `\ufeff${text(waiver())}`))).toEqual([waiver()])
  })
})

describe('notes of a run', () => {
  const notes = (waivers: readonly Waiver[], status: 'fail' | 'pass' | undefined, wholeSuite: boolean, now: string) =>
    waiverNotes(waivers, status ? [result({ id, status }), result({ id: `${id}-2`, status })] : [], {
      now: new Date(now),
      wholeSuite,
    })

  test('a waiver that matches nothing is named when the whole suite ran, and only then', () => {
    expect(notes([waiver()], undefined, true, '2026-11-01')).toEqual([
      `waiver for ${id} of dana matched no check of this run`,
    ])
    expect(notes([waiver()], undefined, false, '2026-11-01')).toEqual([])
  })

  test('a waiver that is over, or ends within seven days, is named', () => {
    const said = (now: string) => notes([waiver()], 'fail', true, now)
    expect(said('2026-11-22T23:59:59Z')).toEqual([])
    expect(said('2026-11-23T00:00:00Z')).toEqual([`waiver for ${id} of dana ends in 7 days, after 2026-11-30`])
    expect(said('2026-11-29T12:00:00Z')).toEqual([`waiver for ${id} of dana ends tomorrow, after 2026-11-30`])
    expect(said('2026-11-30T23:59:59Z')).toEqual([`waiver for ${id} of dana ends today, after 2026-11-30`])
    expect(said('2026-12-01T00:00:00Z')).toEqual([`waiver for ${id} of dana expired on 2026-11-30`])
  })

  test('a waiver of a check that holds again is named', () => {
    expect(notes([waiver()], 'pass', false, '2026-11-01')).toEqual([
      `waiver for ${id} of dana is not needed: the check holds`,
    ])
  })
})

describe('adding a waiver', () => {
  const now = new Date('2026-11-01T12:00:00Z')
  const file = async (content = text()): Promise<string> => temporaryFile('assay.waivers.json', content)

  test('makes the file, replaces an entry in its place, keeps the rest, and is stable', async () => {
    const target = path.join(path.dirname(await file()), 'new', 'w.json')
    expect(await addWaiver(target, waiver(), { now })).toBe('added')
    expect(await addWaiver(target, waiver({ check: 'other' }), { now })).toBe('added')
    expect(await addWaiver(target, waiver({ check: `${id}-2`, owner: 'eve' }), { now })).toBe('replaced')
    const written = await readFile(target, 'utf8')
    expect(written).toBe(
      `${JSON.stringify({ waivers: [waiver({ owner: 'eve' }), waiver({ check: 'other' })] }, null, 2)}\n`,
    )
    expect(await addWaiver(target, waiver({ owner: 'eve' }), { now })).toBe('unchanged')
    expect(await readWaivers(target)).toHaveLength(2)
  })

  test('keeps "$schema"', async () => {
    const target = await file(JSON.stringify({ $schema: './w.schema.json', waivers: [] }))
    await addWaiver(target, waiver(), { now })
    expect(JSON.parse(await readFile(target, 'utf8'))).toEqual({ $schema: './w.schema.json', waivers: [waiver()] })
  })

  test('refuses an id that no known run has, and suggests the nearest', async () => {
    const target = await file()
    const add = (check: string, known: readonly string[]) => addWaiver(target, waiver({ check }), { now, known })
    await expect(
      add('orders.amuont.valuesBetween~00000000', ['a~00000000', 'orders.amount.valuesBetween~00000000']),
    ).rejects.toThrow(
      /no known run has a check "orders\.amuont\.valuesBetween~00000000"\n {2}hint: did you mean orders\.amount\.valuesBetween~00000000\?/,
    )
    await expect(add('orders.amount', [id, `${id}-2`, 'b'])).rejects.toThrow(`did you mean ${id}?`)
    await expect(add(id, [])).rejects.toThrow('run the checks first')
    expect(await readFile(target, 'utf8')).toBe(text())
    expect(await add(`${id}-2`, [id])).toBe('added')
  })

  test('refuses what is no waiver, one that is over, and a file that is wrong; the file stays as it was', async () => {
    const target = await file()
    const add = (one: Waiver, to = target) => problem(() => addWaiver(to, one, { now }))
    expect(await add(waiver({ owner: '' }))).toBe('this is no waiver: "owner" must be a text that says something')
    expect(await add(waiver({ until: '2026-10-31' }))).toBe(
      'a waiver until 2026-10-31 is over already: today is 2026-11-01 (UTC)',
    )
    expect(await add(waiver({ until: '2026-11-01' }))).toBe('nothing')
    const wrong = await file('{')
    expect(await add(waiver(), wrong)).toMatch(/it is not JSON/)
    expect(await readFile(wrong, 'utf8')).toBe('{')
  })
})
