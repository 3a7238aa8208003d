import { deepStrictEqual } from 'node:assert'
import { afterAll, assert, expect, test, vi } from 'vitest'
import { type Dataset, dataset, model, valuesIn } from '../../src/index.ts'

const a = dataset([{ id: 1 }], { name: 'a' })
const b = dataset([{ id: 2 }, { id: 3 }], { name: 'b' })
const refusal = /^dataset "[ab]" is compared with .* by its fields, which says nothing of rows/
const unlike = [b, a.where({ id: 1 }), a.with({ name: 'a' }), a.sample(1), {}, [], [{ id: 1 }]]

const comparisons: Readonly<Record<string, (one: unknown, other: unknown) => unknown>> = {
  toEqual: (one, other) => expect(one).toEqual(other),
  'not toEqual': (one, other) => expect(one).not.toEqual(other),
  'toEqual the other way round': (one, other) => expect(other).toEqual(one),
  toStrictEqual: (one, other) => expect(one).toStrictEqual(other),
  'not toStrictEqual': (one, other) => expect(one).not.toStrictEqual(other),
  toMatchObject: (one, other) => expect(one).toMatchObject(other as object),
  'not toMatchObject': (one, other) => expect(one).not.toMatchObject(other as object),
  'toMatchObject inside': (one, other) => expect({ x: one }).toMatchObject({ x: other }),
  toContainEqual: (one, other) => expect([one]).toContainEqual(other),
  'not toContainEqual': (one, other) => expect([one]).not.toContainEqual(other),
  'in a map': (one, other) => expect(new Map([['x', one]])).toEqual(new Map([['x', other]])),
  'in a set': (one, other) => expect(new Set([one])).toEqual(new Set([other])),
  'of a property': (one, other) => expect({ x: one }).toHaveProperty('x', other),
  arrayContaining: (one, other) => expect([one]).toEqual(expect.arrayContaining([other])),
  'not arrayContaining': (one, other) => expect([one]).toEqual(expect.not.arrayContaining([other])),
  objectContaining: (one, other) => expect({ x: one }).toEqual(expect.objectContaining({ x: other })),
  'not objectContaining': (one, other) => expect({ x: one }).toEqual(expect.not.objectContaining({ x: other })),
}

test.each(Object.entries(comparisons))('%s of datasets is refused, whatever is expected', (_, compare) => {
  for (const other of unlike) expect(() => compare(a, other)).toThrow(refusal)
})

test.each(Object.entries(comparisons).filter(([name]) => !name.includes('not') && !name.includes('Object')))(
  '%s of one dataset with itself holds',
  (_, compare) => void compare(a, a),
)

test('columns of different datasets are compared by them', () => {
  expect(a.column('id')).toEqual(a.column('id'))
  expect(a.column('id')).not.toEqual((a as Dataset).column('other'))
  expect(() => expect(a.column('id')).toEqual(b.column('id'))).toThrow(refusal)
  expect(() => expect(a.column('id')).not.toStrictEqual(b.column('id'))).toThrow(refusal)
})

test('toBe, toContain and spies tell which dataset it is', () => {
  expect(a).toBe(a)
  expect(a).not.toBe(b)
  expect({ a }).not.toBe({ a: b })
  expect(() => expect(a).toBe(a.where({ id: 1 }))).toThrow(/Object\.is/)
  expect([b, a]).toContain(a)
  expect([b]).not.toContain(a)
  const spy = vi.fn((data: unknown) => data)
  spy(b)
  spy(a)
  expect(spy).toHaveBeenCalledWith(a)
  expect(spy).toHaveBeenLastCalledWith(a)
  expect(spy).toHaveBeenNthCalledWith(1, b)
  expect(spy).toHaveReturnedWith(a)
  expect(spy).not.toHaveBeenCalledWith(a.where({ id: 1 }))
  expect(() => expect(spy).toHaveBeenCalledWith({})).toThrow(/called with/)
  // Comparing is refused again once a spy was asked.
  expect(() => expect(a).toEqual(b)).toThrow(refusal)
})

test('what is asked of a dataset itself has its answer', () => {
  expect(a).toMatchObject({ name: 'a', slice: undefined })
  expect(a).not.toMatchObject({ name: 'b' })
  expect(a).toEqual(expect.objectContaining({ name: 'a' }))
  expect(a).toEqual(expect.anything())
  expect(a).not.toEqual(undefined)
  expect([a, 1]).toEqual([a, 1])
  expect(JSON.stringify(a)).toBe('{"dataset":"a","source":"1 record"}')
})

test('what compares fields without vitest tells datasets apart', () => {
  for (const other of [b, a.where({ id: 1 }), {}]) {
    expect(() => assert.deepEqual(a, other)).toThrow(/deeply equal/)
    expect(() => expect(a).to.eql(other)).toThrow(/deeply equal/)
    expect(() => deepStrictEqual(a, other)).toThrow(/strictly deep-equal|same structure/)
  }
  assert.deepEqual(a, a)
})

test('models and checks are compared by what they do', () => {
  expect(model('m', () => 1)).not.toEqual(model('m', () => 1))
  expect(valuesIn(a.column('id'), [1])).not.toEqual(valuesIn(b.column('id'), [1]))
})

afterAll(() => expect(() => expect(a).toEqual(b)).toThrow(refusal))
