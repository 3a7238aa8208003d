import type { Columns, Rows } from './engines.ts'

export const int = `n"; drop table t; --`
export const text = `名前's $1 \\ %`
export const email = '😀 e-mail'

export const columns: Columns = [
  { name: 'id', type: 'integer' },
  { name: int, type: 'integer' },
  { name: 'x', type: 'number' },
  { name: 'y', type: 'number' },
  { name: text, type: 'string' },
  { name: email, type: 'string' },
  { name: 'flag', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'small', type: 'integer' },
]

const day = (iso: string) => new Date(`${iso}T00:00:00Z`)
const at = (iso: string) => new Date(`${iso}Z`)

/** Nulls, numbers that are none, 64-bit integers, texts that are code elsewhere, times before the epoch. */
export const rows: Rows = [
  [1, 1n, 0.5, 0.5, '', 'a@b.c', true, day('2026-01-01'), at('2026-01-01T00:00:00'), 1],
  [
    2,
    -2n,
    Number.NaN,
    -1.25,
    "'; drop table t; --",
    'A@B.C',
    false,
    day('1969-12-31'),
    at('1969-12-31T23:59:59.999'),
    2,
  ],
  [3, null, Number.POSITIVE_INFINITY, 1e300, '😀', null, null, null, null, null],
  [
    4,
    9007199254740993n,
    Number.NEGATIVE_INFINITY,
    -1e-300,
    '👩‍👩‍👧',
    'a@b.c\n',
    true,
    day('2024-02-29'),
    at('2024-02-29T12:00:00'),
    2,
  ],
  [5, 9007199254740992n, -0, -0, 'a\nb\u2028c', 'x', true, day('2026-01-01'), at('2026-01-01T00:00:00.001'), 3],
  [6, 9223372036854775807n, 0, 0, null, 'K\u212a', false, day('0001-01-01'), at('2026-01-01T00:00:00'), 3],
  [7, -9223372036854775808n, null, null, ' ', 'a@b.c', null, day('9999-12-31'), at('9999-12-31T23:59:59'), 3],
  [8, 0n, 1.5, 7, 'İ é \u00a0', '12', false, day('2026-01-02'), at('2026-01-02T00:00:00'), null],
  [9, 0n, Number.NaN, 7, '$1 %s \\ "', '1.0', true, day('2026-01-02'), at('2026-01-02T00:00:00'), -5],
]

export const names = columns.map(({ name }) => name)
/** Columns of numbers and times, and one of text. */
export const numbers = ['y', 'small', 'day', 'at', int, 'x', text]
