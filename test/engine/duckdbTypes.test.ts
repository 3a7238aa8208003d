import * as api from '@duckdb/node-api'
import { expect, test } from 'vitest'
import { duckdbType, typeName } from '../../src/engine/duckdbTypes.ts'
import type { ExactType } from '../../src/engine/exactType.ts'

const dictionary: ExactType = { kind: 'dictionary', values: ['a', "b'c"] }
const types: readonly ExactType[] = [
  ...(['boolean', 'double', 'float', 'text', 'binary', 'date', 'interval'] as const).map((kind) => ({ kind })),
  ...([8, 16, 32, 64, 128] as const).flatMap((bits) =>
    [true, false].map((signed): ExactType => ({ kind: 'integer', bits, signed })),
  ),
  { kind: 'decimal', precision: 12, scale: 2 },
  ...(['s', 'ms', 'us', 'ns'] as const).map((unit): ExactType => ({ kind: 'timestamp', unit, zoned: false })),
  { kind: 'timestamp', unit: 'us', zoned: true },
  { kind: 'time', unit: 'us' },
  { kind: 'time', unit: 'ns' },
  { kind: 'json', logical: 'mixed' },
  { kind: 'list', item: dictionary },
  { kind: 'map', key: { kind: 'text' }, value: { kind: 'list', item: { kind: 'float' } } },
  {
    kind: 'struct',
    fields: [
      { name: 'sel"ect', type: dictionary },
      { name: 'x y', type: { kind: 'double' } },
    ],
  },
]

test.each(types)('%j is called as the engine calls it', (type) => {
  expect(typeName(type)).toBe(String(duckdbType(type, api)))
})

test('the values of a dictionary are no part of its name', () => {
  expect(typeName(dictionary)).toBe('ENUM')
})
