import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { answersAll } from '../../src/behavior/kinds/answersAll.ts'
import { fitsWithin } from '../../src/behavior/kinds/fitsWithin.ts'
import { hostileInputs } from '../../src/behavior/hostileInputs.ts'
import { http } from '../../src/models/http.ts'
import { model } from '../../src/models/model.ts'
import { onnx } from '../../src/models/onnx/onnx.ts'
import { predictions } from '../../src/models/predictions.ts'
import { examplesOf } from '../helpers/blocks.ts'
import { folderWith } from '../helpers/files.ts'
import { judge } from '../helpers/judge.ts'

describe('hostile inputs', () => {
  test.each([
    ['a text', 'a text'],
    ['a number', 3],
    ['a boolean', true],
    ['a list', [1, 2]],
    ['a record', { age: 34, plan: 'basic', tags: ['a'], address: { city: 'Oslo' } }],
  ])('of %s are always the same, each once, and none is the good one changed in place', (_, like) => {
    const before = structuredClone(like)
    const inputs = hostileInputs(like)
    expect(inputs.length).toBeGreaterThan(1)
    expect(hostileInputs(like)).toEqual(inputs)
    expect(new Set(inputs.map((one) => (Object.is(one, -0) ? '-0' : JSON.stringify(one)))).size).toBe(inputs.length)
    expect(like).toEqual(before)
  })

  test('of a record leave out each field, make it null and another type, at every depth', () => {
    const inputs = hostileInputs({ age: 34, address: { city: 'Oslo' } })
    for (const one of [
      { age: 34 },
      { address: { city: 'Oslo' } },
      { age: null, address: { city: 'Oslo' } },
      { age: 'x', address: { city: 'Oslo' } },
      { age: 34, address: { city: '' } },
      { age: 34, address: {} },
      {},
    ])
      expect(inputs).toContainEqual(one)
    expect(inputs.some((one) => Object.keys(one as object).includes('__proto__'))).toBe(true)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })

  test.each([[undefined], [null], [() => 1], [Number.NaN], [new Map()]])('of %s there are none', (like) => {
    expect(() => hostileInputs(like)).toThrow('hostileInputs() got')
  })
})

describe('a model that answers all', () => {
  const record = { rooms: 3, city: 'Oslo' }
  const careless = model('price@1', ({ rooms, city }: typeof record) => rooms * 100 + city.trim().length)
  const careful = model('price@2', ({ rooms, city }: Partial<typeof record>) => {
    if (typeof rooms !== 'number' || !(Math.abs(rooms) < 1e6) || typeof city !== 'string')
      throw new RangeError('refused')
    return rooms * 100 + city.trim().length
  })

  test('passes; inputs without an answer are failures with their reason, and refusals are answers where it is said so', async () => {
    const on = hostileInputs(record)
    const failed = await judge(answersAll(careless, { on }))
    expect(failed.status).toBe('fail')
    expect(failed.measured).toMatch(/pass, \d+ fail\)/)
    expect(JSON.stringify(examplesOf(failed))).toContain('error: threw TypeError: Cannot read properties of undefined')
    expect((await judge(answersAll(careful, { on }))).status).toBe('fail')
    expect((await judge(answersAll(careful, { on, refusal: /^threw RangeError: refused$/g }))).status).toBe('pass')
  })

  test('of the right kind', async () => {
    const on = ['a', 'b', 'c', 'd']
    const odd = model('odd@1', (text: string) => (text === 'd' ? 'four' : 1))
    const result = await judge(answersAll(odd, { on, answer: (value: unknown) => typeof value === 'number' }))
    expect(result).toMatchObject({ status: 'fail', measured: expect.stringContaining('75 % of 4 inputs') })
    expect((await judge(answersAll(odd, { on, answer: expect.anything() }))).status).toBe('pass')
  })

  test('a share of them, with an interval', async () => {
    const on = Array.from({ length: 200 }, (_, i) => i)
    const flaky = model('flaky@1', (i: number) => (i % 50 === 0 ? undefined : i))
    expect((await judge(answersAll(flaky, { on, passRate: { min: 0.97 } }))).status).toBe('pass')
    expect(
      (await judge(answersAll(flaky, { on, passRate: { min: 0.97 }, confidence: 0.95, onInconclusive: 'fail' })))
        .status,
    ).not.toBe('pass')
  })

  test('answers one at least: else it is an error', async () => {
    const result = await judge(
      answersAll(
        model('none@1', () => undefined),
        { on: ['a', 'b'] },
      ),
    )
    expect(result).toMatchObject({ status: 'error', message: 'none@1 answers none of these inputs' })
  })

  test('wrong options are named', () => {
    expect(() => answersAll(careless, { on: [1], answer: 3 })).toThrow('a number as answer')
    expect(() => answersAll(careless, { on: [1], refusal: 'x' as never })).toThrow('a string as refusal')
    expect(() => answersAll(careless, { on: [] })).toThrow(/needs inputs\n.*say on: /)
  })
})

describe('a model that fits', () => {
  const here = path.join(import.meta.dirname, '../fixtures/onnx')
  test('has files of so many bytes: those of an ONNX model are known', async () => {
    const iris = onnx(path.join(here, 'iris.onnx'))
    expect(await judge(fitsWithin(iris, { bytes: 518 }))).toMatchObject({
      status: 'pass',
      measured: 'files of 518 bytes',
      value: 518,
    })
    expect((await judge(fitsWithin(iris, { bytes: 517 }))).status).toBe('fail')
    const cwd = await folderWith({ 'a.bin': 'x'.repeat(1500), 'b.bin': 'x' })
    const files = [path.join(cwd, 'a.bin'), path.join(cwd, 'b.bin')]
    const named = fitsWithin(
      model('m@1', () => 1),
      { bytes: 2000 },
      { files },
    )
    expect((await judge(named)).measured).toBe('files of 1.5 kB')
    const twice = fitsWithin(
      iris,
      { bytes: 518 },
      { files: ['iris.onnx', './iris.onnx'].map((one) => `${here}/${one}`) },
    )
    expect((await judge(twice)).measured).toBe('files of 518 bytes')
    const gone = await judge(fitsWithin(iris, { bytes: 1 }, { files: [path.join(cwd, 'c.bin')] }))
    expect(gone).toMatchObject({ status: 'error', message: expect.stringContaining('cannot be read: ENOENT') })
  })

  test('answers: one that does not has shown nothing', async () => {
    const silent = await judge(
      fitsWithin(
        model('silent@1', () => undefined),
        { memory: 1e12 },
        { on: ['a'] },
      ),
    )
    expect(silent).toMatchObject({ status: 'error', message: 'silent@1 answered none of the inputs' })
  })

  test.each<[string, () => unknown, RegExp]>([
    [
      'no limit',
      () =>
        fitsWithin(
          model('m@1', () => 1),
          {},
        ),
      /got no limit/,
    ],
    [
      'an unknown one',
      () =>
        fitsWithin(
          model('m@1', () => 1),
          { byte: 3 } as never,
        ),
      /did you mean bytes\?/,
    ],
    [
      'no number',
      () =>
        fitsWithin(
          model('m@1', () => 1),
          { bytes: '3' as never },
        ),
      /got bytes: 3/,
    ],
    [
      'files that nobody named',
      () =>
        fitsWithin(
          model('m@1', () => 1),
          { bytes: 3 },
        ),
      /does not know the files of m@1/,
    ],
    [
      'memory elsewhere',
      () => fitsWithin(http('http://127.0.0.1:9/', { name: 'far@1' }), { memory: 3 }, { on: [1] }),
      /cannot tell the memory of far@1/,
    ],
    [
      'memory of a file',
      () => fitsWithin(predictions([{ prediction: 1 }]), { memory: 3 }, { on: [1] }),
      /cannot tell the memory/,
    ],
    [
      'nothing to ask',
      () =>
        fitsWithin(
          model('m@1', () => 1),
          { memory: 3 },
        ),
      /needs inputs/,
    ],
  ])('%s is told', (_, make, message) => {
    expect(make).toThrow(message)
  })
})
