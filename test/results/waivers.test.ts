import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test, vi } from 'vitest'
import { maxBetween, noMissing, valuesBetween } from '../../src/checks/index.ts'
import { evaluate } from '../../src/checks/evaluate.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { addWaiver } from '../../src/results/addWaiver.ts'
import { ceilingOf } from '../../src/results/ceiling.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { clockNotes } from '../../src/results/clock.ts'
import { waiverNotes } from '../../src/results/waiverNotes.ts'
import { parseWaivers, readWaivers, type Waiver } from '../../src/results/waivers.ts'
import { waiverText, withWaivers } from '../../src/results/withWaivers.ts'
import { temporaryFile } from '../helpers/files.ts'
import { result } from '../helpers/runDocument.ts'
import { at, broken, failing, id, orders, other, problem, text, waiver } from '../helpers/waivers.ts'

describe('a failure that is waived', () => {
  test('is accepted, fails no test, and says who, until when and why', async () => {
    const [found] = await evaluate(broken, { waivers: [waiver()], ...at('2996-11-01T00:00:00Z') })
    expect(found).toMatchObject({
      status: 'accepted',
      blocking: false,
      waiver: { owner: 'dana', reason: 'refunds are negative', until: '2996-11-30' },
      counts: { failed: 1 },
    })
  })

  test('is accepted to the end of its last day in UTC, and a failure the moment after', async () => {
    const status = async (instant: string) =>
      (await evaluate(broken, { waivers: [waiver()], ...at(instant) })).map((one) => [one.status, one.blocking])
    expect(await status('2996-11-30T23:59:59.999Z')).toEqual([['accepted', false]])
    expect(await status('2996-12-01T00:00:00.000Z')).toEqual([['fail', true]])
    expect(await status('2996-12-01T00:30:00+01:00')).toEqual([['accepted', false]])
  })

  test('of a table that is stale is accepted as long as it gets no staler, by the day it stands at', async () => {
    const stale = (newest: string, now: string) => {
      const days = dataset([{ day: newest }], { name: 'days', types: { day: 'date' } }).column('day')
      return maxBetween(days, { min: new Date(Date.parse(now) - 86_400_000) })
    }
    const [first] = await evaluate(stale('2996-11-01', '2996-11-09T06:00:00.123Z'))
    const own = waiver({ check: first?.id as string, upTo: ceilingOf(first as CheckResult) as string })
    const [later] = await evaluate(stale('2996-11-01', '2996-11-10T06:00:00Z'), { waivers: [own] })
    expect(later).toMatchObject({ status: 'accepted' })
    expect(waiverText(later as CheckResult)).toContain(', up to measured 2996-11-01: ')
    const [staler] = await evaluate(stale('2996-10-31', '2996-11-11T06:00:00Z'), { waivers: [own] })
    expect(staler).toMatchObject({ status: 'fail', waiver: { refused: 'ceiling' } })
    expect(waiverText(staler as CheckResult)).toContain('up to measured 2996-11-01, and it measures 2996-10-31: ')
  })

  test('another check is untouched', async () => {
    const [found] = await evaluate(broken, { waivers: [waiver({ check: 'orders.amount.valuesBetween~000000000000' })] })
    expect(found).toMatchObject({ status: 'fail', blocking: true })
    expect(found).not.toHaveProperty('waiver')
  })
})

test('a warning and a pass stay what they are', async () => {
  const warning = valuesBetween(orders.column('amount'), { min: 0 }, { severity: 'warn' })
  const holding = valuesBetween(orders.column('amount'), { min: -9 })
  const waivers = (await evaluate([warning, holding])).map(({ id: check }) => waiver({ check }))
  const found = await evaluate([warning, holding], { waivers, ...at('2996-11-01') })
  expect(found.map(({ status, waiver: own, message }) => [status, own, message])).toEqual([
    ['warn', undefined, undefined],
    ['pass', undefined, undefined],
  ])
})

test('an error, a vacuous and an inconclusive result cannot hide behind a waiver, and say so', async () => {
  const checks = [
    noMissing(orders.column('amuont' as string)),
    valuesBetween(dataset([], { name: 'none' }).column('a'), { min: 0 }),
  ]
  const found = await evaluate(checks)
  const waivers = found.map((one) => waiver({ check: one.id }))
  const again = await evaluate(checks, { waivers, ...at('2996-11-01') })
  expect(again.map(({ status, blocking }) => [status, blocking])).toEqual(
    found.map(({ status, blocking }) => [status, blocking]),
  )
  expect(again.every(({ blocking }) => blocking)).toBe(true)
  for (const { message } of again) expect(message).toContain('the waiver of dana does not cover this')
  const undecided = withWaivers(
    [result({ id, status: 'inconclusive', blocking: true, message: 'the interval spans the limit' })],
    [waiver()],
    new Date('2996-11-01'),
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

describe('a ceiling', () => {
  const now = new Date('2996-11-01')
  const judged = (more: Partial<CheckResult>, upTo?: string): CheckResult => {
    const one = { ...(failing as CheckResult), lineage: { datasets: [] }, ...more }
    return withWaivers([one], [waiver(upTo === undefined ? {} : { upTo })], now)[0] as CheckResult
  }
  const rows = (failed: number, tested = 100): Partial<CheckResult> => ({
    counts: { rows: tested, missing: 0, tested, failed },
  })
  const rate = (failed: number, errors: number): Partial<CheckResult> => ({
    counts: undefined as never,
    evidence: [
      {
        kind: 'rates',
        overall: { name: 'all', cases: 10, passed: 10 - failed - errors, failed, errors, notApplicable: 0 },
        parts: [],
      },
    ],
  })
  const number = (value: number, limit: CheckResult['limit']): Partial<CheckResult> => ({
    counts: undefined as never,
    value,
    limit: limit as never,
  })

  const table: readonly (readonly [string, Partial<CheckResult>, Partial<CheckResult>])[] = [
    ['3 rows', rows(3), rows(4)],
    ['5 %', rows(5), rows(6)],
    ['5 %', rows(50, 1000), rows(51, 1000)],
    ['3 cases', rate(2, 1), rate(3, 1)],
    ['20 %', rate(1, 1), rate(2, 1)],
    ['3 findings', { ...number(3, undefined), kind: 'wellFormed' }, { ...number(4, undefined), kind: 'wellFormed' }],
    ['measured 12', number(12, { max: 10 }), number(12.1, { max: 10 })],
    ['measured 5', number(5, { min: 10, max: 20 }), number(4, { min: 10, max: 20 })],
    ['measured 5', number(6, { min: 10, max: 20 }), number(21, { min: 10, max: 20 })],
    // What fails within its limits fails for another reason.
    ['measured 5', number(6, { min: 10, max: 20 }), number(12, { min: 10, max: 20 })],
    // Within them nothing says in which direction it would be worse.
    ['measured 150', number(150, { min: 1 }), number(151, { min: 1 })],
    ['measured 150', number(150, { min: 1 }), number(149, { min: 1 })],
    ['measured 1.23457', number(1.234567, { min: 1 }), number(1.23461, { min: 1 })],
    ['3 rows', rows(1), rate(1, 0)],
    ['3 rows', rows(1), { ...rows(1), negated: true }],
    ['5 %', rows(1), number(12, { max: 10 })],
  ]
  test.for(table)('%s: a failure within is accepted, one past it is a failure that says so', ([upTo, within, past]) => {
    expect(judged(within, upTo)).toMatchObject({ status: 'accepted', blocking: false, waiver: { upTo } })
    const failed = judged(past, upTo)
    expect(failed).toMatchObject({ status: 'fail', blocking: true, waiver: { upTo, refused: 'ceiling' } })
    expect(waiverText(failed)).toMatch(new RegExp(`^the waiver of dana accepts up to ${upTo}, and .*: refunds`))
  })

  // Beside each limit: a ceiling, and numbers that fail on the same side, the farthest last.
  const sides: readonly (readonly [CheckResult['limit'], number, readonly number[]])[] = [
    [{ max: 10 }, 12, [10.5, 11, 12, 13]],
    [{ lt: 10 }, 12, [10, 11, 12, 13]],
    [{ lt: 10 }, 10, [10, 10.5]],
    [{ min: 10 }, 8, [9.5, 9, 8, 7]],
    [{ gt: 10 }, 8, [10, 9, 8, 7]],
    [{ gt: 10 }, 10, [10, 9.5]],
    [{ min: 10, max: 20 }, 25, [21, 25, 26]],
    [{ gt: 10, lt: 20 }, 25, [20, 25, 26]],
    [{ gt: 10, lt: 20 }, 5, [10, 5, 4]],
    [undefined, 0.3, [0.1, 0.3, 0.31]],
  ]
  test.for(sides)(
    'beside %o covers up to measured %d what is no farther from the limit',
    ([limit, ceiling, numbers]) => {
      const isAbove = limit === undefined || ceiling >= (limit.max ?? limit.lt ?? Infinity)
      for (const value of numbers) {
        const isCovered = isAbove ? value <= ceiling : value >= ceiling
        expect([value, judged(number(value, limit), `measured ${ceiling}`).status]).toEqual([
          value,
          isCovered ? 'accepted' : 'fail',
        ])
      }
      // On the other side of the limits nothing is covered.
      const [least, most] = [limit?.min ?? limit?.gt, limit?.max ?? limit?.lt]
      const across = isAbove ? least : most
      if (across !== undefined)
        expect(judged(number(across + (isAbove ? -1 : 1), limit), `measured ${ceiling}`).status).toBe('fail')
    },
  )

  test('that is written for a failure covers it, however many digits it has, and nothing a hundred-thousandth farther', () => {
    for (const limit of [{ max: 0 }, { min: 1e9 }, { min: -1e9, max: 1e9 }])
      for (const value of [1 / 3, 2 / 3, 1234567, 1234567.89, 0.000123456789, 99999.95, 1e-7 / 3]) {
        const upTo = ceilingOf({ ...(failing as CheckResult), ...number(value, limit) } as CheckResult)
        expect([value, upTo, judged(number(value, limit), upTo).status]).toEqual([value, upTo, 'accepted'])
        const farther = value * (limit.max === 0 ? 1.00002 : 0.99998)
        expect([value, upTo, judged(number(farther, limit), upTo).status]).toEqual([value, upTo, 'fail'])
      }
  })

  test('is said where it was accepted, and so is that there is none', () => {
    expect(waiverText(judged(rows(3), '3 rows'))).toBe(
      'accepted by dana until 2996-11-30, up to 3 rows: refunds are negative',
    )
    expect(waiverText(judged(rows(3)))).toBe(
      'accepted by dana until 2996-11-30: refunds are negative (without a ceiling)',
    )
  })
})

describe('the clock', () => {
  const past = waiver({ until: '2020-01-01' })
  test('of a run, of an option or of fake timers cannot be set back for a waiver', async () => {
    const status = async () => (await evaluate(broken, { waivers: [past], now: new Date('2019-12-31') }))[0]?.status
    expect(await status()).toBe('fail')
    vi.stubEnv('ASSAY_NOW', '2019-12-31T00:00:00.000Z')
    vi.useFakeTimers({ now: new Date('2019-12-31'), toFake: ['Date', 'performance'] })
    try {
      expect(await status()).toBe('fail')
      expect(waiverNotes([past], [], { now: new Date(), wholeSuite: false })).toEqual([
        `waiver for ${id} of dana expired on 2020-01-01`,
      ])
      await expect(addWaiver('none.json', past)).rejects.toMatchObject({ code: 'expired-waiver' })
    } finally {
      vi.useRealTimers()
      vi.unstubAllEnvs()
    }
  })

  test('of a run that is a day away from the machine is told in the document', () => {
    expect(clockNotes(new Date().toISOString())).toEqual([])
    expect(clockNotes('2020-01-01T00:00:00.000Z')[0]).toMatch(
      /^times were compared with 2020-01-01T00:00:00.000Z, which was given .* and not with the clock's 20/,
    )
    expect(clockNotes('2999-01-01T00:00:00.000Z')).toHaveLength(1)
  })
})

describe('tables in memory that share a name', () => {
  const tables = [[{ amount: -1 }], [{ amount: -2 }]].map((rows) => dataset(rows, { name: 'orders' }))
  const checks = tables.map((one) => valuesBetween(one.column('amount'), { min: 0 }))

  test('are not accepted together by the waiver of one, asked at once or one after the other in a run', async () => {
    const waivers = [waiver()]
    expect((await evaluate(checks, { waivers })).map(({ status }) => status)).toEqual(['fail', 'fail'])
    vi.stubEnv('ASSAY_NOW', new Date().toISOString())
    try {
      const [first] = await evaluate(checks[0] as (typeof checks)[0], { waivers })
      const [second] = await evaluate(checks[1] as (typeof checks)[0], { waivers })
      const [again] = await evaluate(checks[0] as (typeof checks)[0], { waivers })
      expect([first?.status, second?.status, again?.status]).toEqual(['accepted', 'fail', 'accepted'])
      expect(waiverText(second as CheckResult)).toContain('several of this run have its name')
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('are looked at together outside of a run alone where they are asked together: data changes from day to day', async () => {
    vi.stubEnv('ASSAY_NOW', undefined)
    try {
      for (const one of [...checks, ...checks])
        expect(await evaluate(one, { waivers: [waiver()] })).toMatchObject([{ status: 'accepted' }])
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('are no two failures where one of them holds', async () => {
    const holding = valuesBetween(dataset([{ amount: 1 }], { name: 'orders' }).column('amount'), { min: 0 })
    const found = await evaluate([checks[0] as (typeof checks)[0], holding], { waivers: [waiver()] })
    expect(found.map((one) => [one.id === id, one.status])).toEqual([
      [true, 'accepted'],
      [true, 'pass'],
    ])
  })
})

describe('a file of waivers', () => {
  const good: readonly (readonly [string, string])[] = [
    ['no waiver', text()],
    ['one', text(waiver())],
    ['a leap day', text(waiver({ until: '2028-02-29' }))],
    ...['1 row', '1,000 rows', '3 cases', '1 finding', '5 %', '0.5%', '100 %', 'measured -12.5', 'measured 1e-7'].map(
      (upTo) => [upTo, text(waiver({ upTo }))] as const,
    ),
    ['owners of any script', text(waiver({ owner: 'دانا', reason: '🐛 返金' }))],
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
    ...[
      '\u200b',
      '\u3164',
      '\u00ad\u2060',
      '\u0000\u001b',
      '\u2800',
      '\u{e0041}',
      '\ufe0f',
      '\u0301',
      '\u115f \ufeff',
    ].map(
      (unseen) =>
        [
          `a reason nobody sees ${JSON.stringify(unseen)}`,
          { waivers: [waiver({ reason: unseen })] },
          `${about}: "reason" must be a text that says something`,
        ] as const,
    ),
    [
      'an owner nobody sees',
      { waivers: [waiver({ owner: '\u2063' })] },
      `${about}: "owner" must be a text that says something`,
    ],
    ...['orders', 'orders.*', `${id}-2`, `${id} `, 'orders.amount.valuesBetween~1a2b3c4d'].map(
      (named) =>
        [
          `a check named ${named}`,
          { waivers: [waiver({ check: named })] },
          `waiver 1 (${named}): "check" must be the whole id of one result, and ${JSON.stringify(named)} is none`,
        ] as const,
    ),
    ...['3', 'rows', '3 of them', '101 %', '-1 rows', 'any', '5 % of rows', ''].map(
      (upTo) =>
        [
          `a ceiling of ${JSON.stringify(upTo)}`,
          { waivers: [waiver({ upTo })] },
          `${about}: "upTo" must be a ceiling like "3 rows", "3 cases", "3 findings", "5 %" or "measured 12.5", and ${JSON.stringify(upTo)} is none`,
        ] as const,
    ),
    ['a number', { waivers: [{ ...waiver(), owner: 7 }] }, `${about}: "owner" must be a text that says something`],
    [
      'no such day',
      { waivers: [waiver({ until: '2996-02-30' })] },
      `${about}: "until" must be a day like "2027-01-31", and "2996-02-30" is none`,
    ],
    [
      'an instant',
      { waivers: [waiver({ until: '2996-11-30T00:00:00Z' })] },
      `${about}: "until" must be a day like "2027-01-31", and "2996-11-30T00:00:00Z" is none`,
    ],
    [
      'a typo',
      { waivers: [{ ...waiver(), untill: '2996-11-30' }] },
      `${about}: "untill" is not known; there are check, owner, reason, until, upTo`,
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

  test('two waivers of one check are refused', async () => {
    expect(await problem(() => parseWaivers(text(waiver(), waiver()), 'w.json'))).toBe(
      `the waivers in w.json are wrong:\n  ${about.replace('1', '2')}: waiver 1 is of the same check`,
    )
  })

  test('text that is not JSON is refused, and every wrong entry is named', async () => {
    expect(await problem(() => parseWaivers('{ "waivers": [ }'))).toMatch(/are wrong:\n {2}it is not JSON: /)
    expect(await problem(() => parseWaivers(text({ ...ownerless }, waiver({ check: other, until: 'soon' }))))).toMatch(
      /waiver 1 .*"owner" is missing\n {2}waiver 2 \(.*\): "until" must be a day/,
    )
  })

  test('a file that is not there is an error, unless it is optional', async () => {
    const folder = path.dirname(await temporaryFile('assay.waivers.json', text(waiver())))
    const missing = path.join(folder, 'assay.waiver.json')
    await expect(readWaivers(missing)).rejects.toMatchObject({
      message: expect.stringMatching(/^there is no file of waivers ".*assay\.waiver\.json"/),
      hint: expect.stringMatching(/^did you mean ".*assay\.waivers\.json"\?$/),
    })
    expect(await problem(() => readWaivers(folder, { optional: true }))).toMatch(/ is a folder, no file of waivers/)
    expect(await readWaivers(missing, { optional: true })).toEqual([])
    expect(await readWaivers(await temporaryFile('w.json', `\ufeff${text(waiver())}`))).toEqual([waiver()])
  })
})
