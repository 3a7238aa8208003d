import { expect, test } from 'vitest'
import { mft } from '../../src/behavior/mft.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import { lexicons } from '../../src/lexicons/lexicons.ts'
import { template } from '../../src/templates/template.ts'

test('all combinations come out, in order, none twice', () => {
  expect(template('{who} {verb}.', { who: ['I', 'We'], verb: ['run', 'eat', 'run'] })).toEqual([
    'I run.',
    'I eat.',
    'We run.',
    'We eat.',
  ])
})

test('built-in lists, copies that differ, fields, articles and braces', () => {
  expect(template('{city}')).toHaveLength(lexicons.city.length)
  const pairs = template('{x1} {x2}', { x: ['a', 'b', 'c'] })
  expect(pairs).toEqual(['a b', 'a c', 'b a', 'b c', 'c a', 'c b'])
  expect(template('{p.name} is {p.age}', { p: [{ name: 'Ada', age: 36 }] })).toEqual(['Ada is 36'])
  expect(template('{a:x}, {A:x}', { x: ['owl', 'dog', 'hour', 'university', 'uncle', 'euro'] })).toEqual([
    'an owl, An owl',
    'a dog, A dog',
    'an hour, An hour',
    'a university, A university',
    'an uncle, An uncle',
    'a euro, A euro',
  ])
  expect(template('{{x}} {x}', { x: ['1'] })).toEqual(['{x} 1'])
})

test('objects and lists are filled inside, the same everywhere, and make cases', () => {
  const rows = template(
    { input: ['{x}', 'not {x}'], expected: { is: '{x}', n: '{n}' }, capability: 'pairs' },
    { x: ['a', 'b'], n: [1] },
  )
  expect(rows).toEqual([
    { input: ['a', 'not a'], expected: { is: 'a', n: 1 }, capability: 'pairs' },
    { input: ['b', 'not b'], expected: { is: 'b', n: 1 }, capability: 'pairs' },
  ])
  expect(mft(rows)).toHaveLength(2)
})

test('some are drawn, the same for the same seed, each another one', () => {
  const draw = (seed: number, n = 50) => template('{female} met {male} in {city}', {}, { n, seed })
  expect(draw(1)).toEqual(draw(1))
  expect(draw(1)).not.toEqual(draw(2))
  expect(new Set(draw(3, 1000)).size).toBe(1000)
  expect(template('{x}', { x: ['a', 'b'] }, { n: 10 })).toHaveLength(2)
})

test('every list has words, each once', () => {
  for (const [name, list] of Object.entries(lexicons)) {
    expect(list.length, name).toBeGreaterThan(5)
    expect(new Set(list).size, name).toBe(list.length)
  }
})

test.each<[() => unknown, string]>([
  [() => template('{ctiy}'), 'did you mean {city}?'],
  [() => template('no tag'), 'has no tag'],
  [() => template('{x}', { x: [] }), 'got an empty list for "x"'],
  [() => template('{x}', { x: ['a'], y: ['b'] }), '"y", which no tag names'],
  [() => template('{x}', { x: [{ a: 1 }] }), 'cannot fill {x}'],
  [() => template('{x.b}', { x: [{ a: 1 }] }), 'needs the field b'],
  [() => template('{x.a}', { x: ['b'] }), 'needs the field a'],
  [() => template('{x.a}', { x: [{ a: 1 }, { a: null }] } as never), 'cannot fill {x.a} with null'],
  [() => template('{x.a}', { x: [{ a: new Date(0) }] } as never), 'cannot fill {x.a} with a Date'],
  [() => template('{x}', { x: [Number.NaN] }), 'cannot fill {x} with NaN'],
  [() => template('{x1}', { x1: ['a'] }), 'made of letters'],
  [() => template('{city} {city2} {female} {male} {surname}'), 'combinations'],
  [() => template('{city}', {}, { n: 0 }), 'n: 0'],
])('wrong templates are named: %s', (make, message) => {
  expect(make).toThrow(message)
})

test('values of personal columns are refused, and no error tells one', async () => {
  const people = await dataset([{ name: 'Ada', town: 'Rome' }], { name: 'people', pii: 'name' }).rows()
  const of = people as readonly Record<string, string>[]
  expect(template('in {p.town}', { p: of })).toEqual(['in Rome'])
  expect(() => template('{p.name}', { p: of })).toThrow('"name" is a personal column')
  for (const tag of ['{p.name}', '{p}', '{p.age}'])
    expect(() => template(tag, { p: of })).toThrow(/^(?!.*Ada)template\(\) cannot fill \{p/s)
})

test('values hold tags themselves, the same everywhere, and never their own', () => {
  expect(
    template('{a:what}, {who}', { what: ['{size} dog', 'owl of {who}'], size: ['old', 'new'], who: ['Ada', 'Bo'] }),
  ).toEqual([
    'an old dog, Ada',
    'an old dog, Bo',
    'a new dog, Ada',
    'a new dog, Bo',
    'an owl of Ada, Ada',
    'an owl of Bo, Bo',
  ])
  expect(template('{p.name}', { p: [{ name: '{x}' }], x: [1, 2] })).toEqual(['1', '2'])
  expect(template('{x}', { x: ['{{city}}'] })).toEqual(['{city}'])
  expect(() => template('{x}', { x: ['{citty}'] })).toThrow('does not know the tag {citty}')
  expect(() => template('{x}', { x: ['{y}'], y: ['{x1}'] })).toThrow('finds the tag {x1} in values of x itself')
})

test('a tag by itself keeps the type of its value, also that of a field', () => {
  const people = [
    { age: 30, adult: true },
    { age: 7, adult: false },
  ]
  expect(template({ id: '{id}', text: 'no. {id}', one: 1n }, { id: [2n ** 60n] })).toEqual([
    { id: 2n ** 60n, text: `no. ${2n ** 60n}`, one: 1n },
  ])
  expect(
    template(
      { input: { age: '{person.age}', text: 'aged {person.age}', vip: '{vip}', n: '{n}' }, expected: '{person.adult}' },
      { person: people, vip: [true], n: [0] },
    ),
  ).toEqual([
    { input: { age: 30, text: 'aged 30', vip: true, n: 0 }, expected: true },
    { input: { age: 7, text: 'aged 7', vip: true, n: 0 }, expected: false },
  ])
})
