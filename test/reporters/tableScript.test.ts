import { describe, expect, test } from 'vitest'
import { cells, packedFields } from '../../reporters/html/checkRow.ts'
import { matching } from '../../reporters/html/script/matching.ts'
import { ordered } from '../../reporters/html/script/ordered.ts'
import type { PageFacts } from '../../reporters/html/script/pageFacts.ts'
import { script } from '../../reporters/html/script/script.ts'
import { filterHash, filterOf } from '../../reporters/html/script/tableFilter.ts'
import type { TableRow } from '../../reporters/html/script/tableRow.ts'
import { statusOrder } from '../../src/results/checkResult.ts'

const facts: PageFacts = { statuses: statusOrder, cells, fields: packedFields, page: 200 }

function row(index: number, status: string, { expected = '', measured = '', share = -1 } = {}): TableRow {
  const texts = [status, 'orders.Price fits', 'toHave', expected, measured, '100', '1,000', '', '2 ms']
  const text = `orders ${texts.slice(1, 7).join(' ')} valuesbetween ${status}`.toLowerCase()
  return {
    id: `c-${index}`,
    status,
    kinds: 'valuesbetween rows',
    name: 'Orders',
    column: 'Price',
    share,
    cells: texts,
    text,
    index,
  }
}

test.for<[query: string, isThere: boolean]>([
  ['', true],
  ['PRICE fits', true],
  ['price missing', false],
  ['!missing', true],
  ['s:fa', true],
  ['!s:fail', false],
  ['s:pass', false],
  ['col:pri ds:ord k:between', true],
  ['col:orders', false],
  ['"price fits"', true],
  ['"fits price"', false],
  ['"price fits', true],
  ['!"fits price" s:fail', true],
  ['x:price', false],
  ['!', true],
])('the query %s has the row: %s', ([query, isThere]) => {
  expect(matching(query)(row(0, 'fail'))).toBe(isThere)
})

describe('ordered', () => {
  const rows = [
    row(0, 'fail', { measured: '≥ 1,200', expected: 'b', share: 0.2 }),
    row(1, 'pass', { measured: '−3.5 %', expected: 'a' }),
    row(2, 'error', { measured: 'none', expected: '10', share: 0.9 }),
    row(3, 'pass', { measured: '7', expected: 'a' }),
  ]
  const by = (name: (typeof cells)[number], down = false): number[] =>
    ordered([...rows].reverse(), { column: cells.indexOf(name), down }, facts).map(({ index }) => index)
  test('without a sorting is the order of the run', () => {
    expect(ordered([...rows].reverse(), undefined, facts)).toEqual(rows)
  })
  test('numbers count as numbers, with their signs and thousands, and stand before texts', () => {
    expect(by('measured')).toEqual([1, 3, 0, 2])
    expect(by('measured', true)).toEqual([2, 0, 3, 1])
  })
  test('what is alike keeps the order of the run, upward and downward', () => {
    expect(by('expected')).toEqual([2, 1, 3, 0])
    expect(by('expected', true)).toEqual([0, 1, 3, 2])
    expect(by('rows', true)).toEqual([0, 1, 2, 3])
  })
  test('statuses stand as the run orders them, shares by their size', () => {
    const worst = [...rows].sort(
      (a, b) => statusOrder.indexOf(a.status as 'fail') - statusOrder.indexOf(b.status as 'fail'),
    )
    expect(by('status')).toEqual(worst.map(({ index }) => index))
    expect(by('share', true)).toEqual([2, 0, 1, 3])
  })
})

describe('the address of a filter', () => {
  test('is read as it was written', () => {
    const filter = { query: 'col:"a & b" 100%', statuses: ['fail', 'error'], sorting: { column: 3, down: true } }
    const statuses = statusOrder.filter((status) => filter.statuses.includes(status))
    expect(filterOf(filterHash(filter), facts)).toEqual({ ...filter, statuses })
    expect(filterHash({ query: ' ', statuses: [], sorting: undefined })).toBe('')
  })
  test('leaves out what the page does not have', () => {
    expect(filterOf('#?s=broken,pass&by=12&x=1', facts)).toEqual({ query: '', statuses: ['pass'], sorting: undefined })
    expect(filterOf('#?by=-9', facts).sorting).toBeUndefined()
  })
})

test('the script parses by itself, and names none of its parts but through what they are handed', () => {
  expect(() => new Function(script)).not.toThrow()
  expect(script).not.toMatch(/__vi|__name|import[ (]/)
})
