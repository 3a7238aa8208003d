import { expect, test } from 'vitest'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { distinctResults } from '../../src/results/occurrences.ts'
import { result } from '../helpers/runDocument.ts'

const damage = result({
  kind: 'wellFormed',
  status: 'fail',
  blocking: true,
  measured: '1 finding',
  lineage: { datasets: [{ name: 'orders', source: 'orders.csv', fingerprint: 'sha256:1' }] },
})

test('what every assertion adds about a source is said once, as long as it is the same in all that it says', () => {
  const others: readonly Partial<CheckResult>[] = [
    { id: 'orders.wellFormed~0123456789ab' },
    { status: 'warn' },
    { blocking: false },
    { measured: '2 findings' },
    { message: 'line 3' },
    { negated: true },
    { waiver: { owner: 'o', reason: 'r', until: '2027-01-01' } },
    { lineage: { datasets: [{ name: 'orders', source: 'old/orders.csv', fingerprint: 'sha256:1' }] } },
    { lineage: { datasets: [{ name: 'orders', source: 'orders.csv', fingerprint: 'sha256:2' }] } },
  ]
  const all = [damage, ...others.map((one) => ({ ...damage, ...one }))]
  expect(distinctResults([...all, ...all])).toEqual(all)
})

test('whatever somebody asked is said as often as it was asked', () => {
  const asked = result({ kind: 'rowCount' })
  expect(distinctResults([asked, asked, damage, asked, damage])).toEqual([asked, asked, damage, asked])
})
