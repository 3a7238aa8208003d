import { expect, test } from 'vitest'
import { dataset } from '../../src/dataset/dataset.ts'
import { raw, sql } from '../../src/sql/sql.ts'
import { relationOf } from '../../src/dataset/opened.ts'

test('rows() hands over every type without a loss', async () => {
  const { engine } = await relationOf(dataset([{}]))
  const [row] = await engine.query(sql`select 1::tinyint, 1::bigint, 170141183460469231731687303715884105727::hugeint,
    0.10::decimal(38,2), 0.5::float, 'x', '2024-02-29'::date, '1899-12-31 23:59:59.999'::timestamp,
    '2024-01-01 00:00:00.000001'::timestamp, '2024-01-01 00:00:00.000000001'::timestamp_ns, 'infinity'::timestamp,
    '12:00:00.5'::time, interval '1 month 2 days', '0101'::bit, '\\x00'::blob, uuid '00000000-0000-0000-0000-000000000001',
    [1, null], {'a': 1.50, 'b': [true]}, map {'k': 1}, null, true`)
  expect(row).toEqual([
    1,
    1n,
    2n ** 127n - 1n,
    '0.10',
    0.5,
    'x',
    new Date('2024-02-29'),
    new Date('1899-12-31T23:59:59.999Z'),
    '2024-01-01 00:00:00.000001',
    '2024-01-01 00:00:00.000000001',
    'infinity',
    '12:00:00.5',
    '1 month 2 days',
    '0101',
    new Uint8Array([0]),
    '00000000-0000-0000-0000-000000000001',
    [1, null],
    { a: '1.50', b: [true] },
    [{ key: 'k', value: 1 }],
    null,
    true,
  ])
})

test.each(['date', 'timestamp', 'timestamptz', 'timestamp_s', 'timestamp_ms', 'timestamp_ns'])(
  'rows() hands over the infinities of %s as such',
  async (type) => {
    const { engine } = await relationOf(dataset([{}]))
    const cast = (value: string) =>
      sql`cast(cast(${value} as ${raw(type === 'date' ? 'date' : 'timestamp')}) as ${raw(type)})`
    const [row] = await engine.query(sql`select ${cast('infinity')}, ${cast('-infinity')}, [${cast('infinity')}]`)
    expect(row).toEqual(['infinity', '-infinity', ['infinity']])
  },
)
