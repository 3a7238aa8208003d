import { afterEach, expect, test, vi } from 'vitest'
import { evaluate, rowCount, valuesBetween } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { relationOf } from '../../../src/dataset/opened.ts'
import { textFiles } from './helpers.ts'

const file = textFiles()
const LINES = 150_000

afterEach(() => vi.unstubAllGlobals())

test.each([
  ['passed over', WebAssembly],
  ['told one by one where there is no WebAssembly', undefined],
])('in a long file plain lines are %s, and none is lost', async (_, webAssembly) => {
  vi.stubGlobal('WebAssembly', webAssembly)
  const lineEnd = '\r\n'
  const odd = new Map([
    [30_000, 'one,two,three'],
    [30_001, '"30001","x"'],
    [65_536, `"65536","two${lineEnd}lines"`],
    [65_537, ''],
    [131_073, '-5,late'],
    [149_998, '-6,last'],
  ])
  const lines = Array.from({ length: LINES }, (_, i) => odd.get(i) ?? `${i},${'x'.repeat(i % 40)}`)
  const data = dataset(file('long.csv', `n,text${lineEnd}${lines.join(lineEnd)}${lineEnd}`), { malformed: 'warn' })
  const asked = [valuesBetween(data.column('n'), { min: 0 }), rowCount(data, { min: 1 })]
  const [between, count] = await evaluate(asked)
  const relation = await relationOf(data)
  // One line is no row, one is blank; a row of two lines moves those after it on by one.
  expect(count?.value).toBe(LINES - 2)
  expect(between?.counts).toMatchObject({ failed: 2 })
  const rows = [1, 30_000, 30_001, 65_535, 65_536, 65_537, 131_072, LINES - 3, LINES - 2].map((row) => ({ row }))
  const places = [2, 30_001, 30_003, 65_537, 65_538, 65_541, 131_076, LINES + 1, LINES + 2]
  expect(await relation.locate?.(rows)).toEqual(places)
  const found = await relation.findings?.()
  expect(found?.first.map(({ kind, line }) => [kind, line])).toEqual([['cells', 30_002]])
})
