import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { evaluate } from '../../../src/checks/evaluate.ts'
import { distinctCountBetween } from '../../../src/checks/kinds/distinctCountBetween.ts'
import { valuesBetween } from '../../../src/checks/kinds/valuesBetween.ts'
import { valuesIn } from '../../../src/checks/kinds/valuesIn.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { seeded } from '../../../src/stats/random.ts'
import { workbook } from '../../helpers/workbook.ts'
import { temporaryFolder } from '../../helpers/files.ts'

const folder = temporaryFolder()

const random = seeded(20_261_126)
const bits = new DataView(new ArrayBuffer(8))
/** A double of any size. */
function anyDouble(): number {
  bits.setUint32(0, random() * 2 ** 32)
  bits.setUint32(4, random() * 2 ** 32)
  const value = bits.getFloat64(0)
  return Number.isFinite(value) ? value : 0.5
}

const largest = Number.MAX_SAFE_INTEGER
const integers = [0, 1, -1, largest, largest - 1, -largest, 2 ** 31, 2 ** 32 + 1, 999_999_999_999_999]
const decimals = [
  0.1 + 0.2,
  0.3,
  1 / 3,
  5e-324,
  Number.MAX_VALUE,
  -1e-7,
  Number('90071992547409.93'),
  1e21,
  ...Array.from({ length: 60 }, anyDouble),
]

test.each([
  ['integers', integers],
  ['decimals', decimals],
  ['both', [...integers, ...decimals]],
] as const)(
  '%s of a sheet are those that Excel holds, to the last digit, in rows, limits, lists, slices and counts',
  async (name, values) => {
    const file = path.join(folder, `${name}.xlsx`)
    writeFileSync(
      file,
      workbook(
        ['n'],
        values.map((value) => [value]),
      ),
    )
    const data = dataset(file)
    expect((await data.rows()).map(({ n }) => Number(n))).toEqual([...values])
    const failed = async (check: Parameters<typeof evaluate>[0]) => (await evaluate(check))[0]?.counts?.failed
    for (const value of values.slice(0, 12)) {
      expect(await failed(valuesBetween(data.column('n'), { lt: value }))).toBe(
        values.filter((one) => !(one < value)).length,
      )
      expect(await failed(valuesIn(data.column('n'), [value]))).toBe(values.filter((one) => one !== value).length)
      expect(await data.where({ n: value }).rows()).toHaveLength(values.filter((one) => one === value).length)
    }
    const distinct = new Set(values).size
    expect((await evaluate(distinctCountBetween(data.column('n'), { min: distinct, max: distinct })))[0]?.status).toBe(
      'pass',
    )
  },
)
