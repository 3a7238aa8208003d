import { expect, test } from 'vitest'
import { evaluate, noMissing, sumBetween, valuesBetween, valuesIn, valuesOfType } from '../../../src/checks/index.ts'
import type { ValueType } from '../../../src/checks/index.ts'
import { dataset } from '../../../src/dataset/dataset.ts'
import { textFiles } from './helpers.ts'
import { relationOf } from '../../../src/dataset/opened.ts'

const file = textFiles()
const status = async (check: Parameters<typeof evaluate>[0]) => (await evaluate(check))[0]

/** Texts that the engine's cast would round, cut or take for something else, by the type of their column. */
const late: readonly { type: ValueType; usual: string; texts: readonly string[] }[] = [
  { type: 'integer', usual: '1', texts: ['9.4', '-0.4', '1e1', '1_000', '0x10', ' 1', '007'] },
  { type: 'number', usual: '1.5', texts: ['1_000', '0x10', 'inf', ' 1.5', '1,5', '007'] },
  { type: 'date', usual: '2024-01-05', texts: ['2024-01-05 23:59:59', '2024-1-5', 'infinity', '0044-03-15 (BC)'] },
  {
    type: 'timestamp',
    usual: '2024-01-05 10:00:00',
    texts: ['2024-01-05', '2024-01-05T10:00:00+02:00', '2024-01-05 10:00:00Z', 'infinity'],
  },
  { type: 'boolean', usual: 'true', texts: ['yes', 'T', '1', 'on'] },
]
const cells = late.flatMap(({ type, usual, texts }) => texts.map((text) => ({ type, usual, text })))

test.each(cells)(
  '"$text" beyond the looked-at rows of a column of $type is no value of it',
  async ({ usual, text }) => {
    const rows = `${`"${usual}",x\n`.repeat(5000)}"${text}",y\n`
    const data = dataset(file('late.csv', `a,b\n${rows}`))
    const column = data.column('a')
    const { columns } = await relationOf(data)
    const type = columns[0]?.type as ValueType
    expect(await status(valuesOfType(column, type))).toMatchObject({ status: 'fail', counts: { failed: 1 } })
    expect(await status(noMissing(column))).toMatchObject({ status: 'pass' })
    if (type === 'integer' && Number.isFinite(Number(text)) && /^-?[1-9]|^-0[.]/.test(text)) {
      // A question about numbers takes it for the number that it is: the first rows are no declaration.
      const number = Number(text)
      const limits = { min: Math.min(number, 1), max: Math.max(number, 1) }
      expect(await status(valuesBetween(column, limits))).toMatchObject({ status: 'pass', counts: { tested: 5001 } })
      expect(await status(valuesBetween(column, { gt: 0, max: 9 }))).toMatchObject({
        evidence: [{ rowNumbers: [5001] }],
      })
      expect(await status(sumBetween(column, { min: 5000 + number, max: 5000 + number }))).toMatchObject({
        status: 'pass',
      })
    } else if (type === 'integer' || type === 'number') {
      expect(await status(valuesBetween(column, { min: -1e6, max: 1e6 }))).toMatchObject({
        status: 'fail',
        counts: { tested: 5001, failed: 1 },
        evidence: [{ rowNumbers: [5001], rows: [[text, 'y']] }],
      })
      expect(await status(sumBetween(column, { max: 1e9 }))).toMatchObject({
        status: 'fail',
        measured: 'no sum: 1 cell of 5,001 is no number',
        evidence: [{ rowNumbers: [5001] }],
      })
    }
  },
)

test.each(cells)(
  '"$text" in a column declared to be of $type fails every check of its values',
  async ({ type, text }) => {
    const data = dataset(file('declared.csv', `a,b\n"${text}",x\n`), { types: { a: type }, missing: [] })
    const column = data.column('a')
    expect(await status(valuesOfType(column, type))).toMatchObject({ status: 'fail', counts: { failed: 1 } })
    if (type === 'integer' || type === 'number') {
      expect(await status(valuesBetween(column, { min: -1, max: 1e18 }))).toMatchObject({ status: 'fail' })
      expect(await status(valuesIn(column, [9, 0, 1, 10, 16, 7, 1000]))).toMatchObject({ status: 'fail' })
      expect(await status(sumBetween(column, { min: -1, max: 1e30 }))).toMatchObject({ status: 'fail' })
    }
  },
)
