import { expect, test } from 'vitest'
import { type OnInconclusive, undecided } from '../../src/checks/undecided.ts'

test.each<[OnInconclusive | undefined, 'error' | 'warn' | undefined, object]>([
  [undefined, undefined, { status: 'inconclusive', blocking: false, measured: 'x' }],
  ['warn', 'error', { status: 'inconclusive', blocking: false, measured: 'x' }],
  ['fail', undefined, { status: 'inconclusive', blocking: true, measured: 'x' }],
  ['fail', 'error', { status: 'inconclusive', blocking: true, measured: 'x' }],
  ['fail', 'warn', { status: 'inconclusive', blocking: false, measured: 'x' }],
  ['pass', 'error', { status: 'pass', measured: 'x, undecided' }],
])('too little evidence under onInconclusive %s and severity %s', (onInconclusive, severity, expected) => {
  const options = { ...(onInconclusive && { onInconclusive }), ...(severity && { severity }) }
  expect(undecided({ measured: 'x' }, options)).toEqual(expected)
})
