import { expect, test } from 'vitest'
import { dataset } from '../src/dataset/dataset.ts'
import { kindOf } from '../src/errors.ts'
import { model } from '../src/models/model.ts'
import { sql } from '../src/sql/sql.ts'

const orders = dataset([{ a: 1 }])

test.for([
  ['a dataset', orders],
  ['a dataset', orders.where({ a: 1 })],
  ['a column of a dataset', orders.column('a')],
  ['a model', model('m', () => 1)],
  ['a piece of SQL', sql`1`],
  ['a Map', new Map()],
  ['an array', []],
  ['an object', { a: 1 }],
  ['an object', Object.create(null)],
  ['an empty text', ''],
  ['a function', () => {}],
  ['null', null],
] as const)('an error says %s for what it is', ([words, value]) => {
  expect(kindOf(value)).toBe(words)
})
