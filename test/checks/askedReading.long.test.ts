import path from 'node:path'
import { expect, test } from 'vitest'
import {
  columnsAscending,
  evaluate,
  sumBetween,
  valuesBetween,
  valuesIn,
  valuesIncreasing,
  valuesMatching,
  valuesOfType,
} from '../../src/checks/index.ts'
import type { DatasetOptions } from '../../src/dataset/datasetOptions.ts'
import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { noDriftFrom } from '../../src/drift/index.ts'
import { contractCheck, inferContract } from '../../src/contracts/index.ts'
import { folderWith } from '../helpers/files.ts'
import { type BookCell, workbook } from '../helpers/workbook.ts'
import { rowsOf } from '../helpers/blocks.ts'

/** More rows than are looked at for the types of a text file. */
const ROWS = 5_003
const EARLY = 3
const LATE = 5_001

type Cell = number | string | Date
const forms = ['csv', 'json', 'jsonl', 'records', 'xlsx', 'columns'] as const
type Form = (typeof forms)[number]

/** The same cells in every format; one of them stands in row `at`. */
const cells = (usual: (i: number) => Cell, odd: Cell | undefined, at: number): Cell[] =>
  Array.from({ length: ROWS }, (_, i) => (odd !== undefined && i + 1 === at ? odd : usual(i)))
const days = (i: number): Date => new Date(Date.UTC(2024, 0, 1 + (i % 300)))

async function open(form: Form, values: readonly Cell[], options: DatasetOptions = {}): Promise<Dataset> {
  const text = (value: Cell): string => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value))
  const named = { name: 'cells', ...options }
  const rows = values.map((v, i) => ({ id: i, v: v instanceof Date && form !== 'records' ? text(v) : v }))
  if (form === 'records') return dataset(rows, named)
  if (form === 'columns') return dataset({ id: rows.map(({ id }) => id), v: [...values] }, named)
  const content = {
    csv: () => `id,v\n${rows.map(({ id, v }) => `${id},${text(v)}\n`).join('')}`,
    json: () => JSON.stringify(rows),
    jsonl: () => rows.map((row) => `${JSON.stringify(row)}\n`).join(''),
    xlsx: () =>
      Buffer.from(
        workbook(
          ['id', 'v'],
          values.map((value, i): BookCell[] => [i, value]),
        ),
      ),
  }[form]()
  const made = await folderWith({ [`cells.${form}`]: content })
  return dataset(path.join(made, `cells.${form}`), named)
}

const verdict = async (check: Parameters<typeof evaluate>[0]) => {
  const [result] = await evaluate(check)
  const { status = 'none', counts, message, measured } = result ?? {}
  return { status, failed: counts?.failed, message, measured, rows: rowsOf(result)?.rowNumbers }
}

const numbers = (i: number): number => (i % 90) + 1

test.each(forms.flatMap((form) => [EARLY, LATE].map((at) => ({ form, at }))))(
  'n/a in row $at of a column of numbers in $form is one failing row of every question about numbers',
  async ({ form, at }) => {
    const data = await open(form, cells(numbers, 'n/a', at))
    const v = data.column('v')
    const note = `1 of 5,003 cells is no number: n/a × 1; if they stand for missing values: dataset(…, { missing: [${form === 'csv' ? "'', " : ''}'n/a'] })`
    const one = { status: 'fail', failed: 1, rows: [at], message: note }
    expect(await verdict(valuesBetween(v, { min: 1, max: 90 }))).toMatchObject(one)
    expect(
      await verdict(
        valuesIn(
          v,
          Array.from({ length: 90 }, (_, i) => i + 1),
        ),
      ),
    ).toMatchObject(one)
    expect(await verdict(valuesOfType(v, 'integer'))).toMatchObject(one)
    expect(await verdict(valuesBetween(v, { min: 1, max: 90 }, { mostly: 0.99 }))).toMatchObject({ status: 'pass' })
    expect(await verdict(sumBetween(v, { min: 0 }))).toMatchObject({ status: 'fail', message: note, rows: [at] })
    const declared = await open(form, cells(numbers, 'n/a', at), { missing: ['', 'n/a'] })
    expect(await verdict(valuesBetween(declared.column('v'), { min: 1, max: 90 }))).toMatchObject({ status: 'pass' })
  },
)

test.each(forms.flatMap((form) => [EARLY, LATE].map((at) => ({ form, at }))))(
  'n/a in row $at of a column of numbers or days in $form is one failing row of every question about their order',
  async ({ form, at }) => {
    const one = { status: 'fail', failed: 1, rows: [at] }
    for (const ordered of [(i: number) => i, (i: number) => new Date(Date.UTC(2024, 0, 1 + i))]) {
      const data = await open(form, cells(ordered, 'n/a', at))
      expect(await verdict(valuesIncreasing(data.column('v'), { strictly: true }))).toMatchObject(one)
      if (ordered(0) === 0) expect(await verdict(columnsAscending(data, ['id', 'v']))).toMatchObject(one)
    }
  },
)

test.each(forms.flatMap((form) => [EARLY, LATE].map((at) => ({ form, at }))))(
  'drift compares the numbers of $form and names the n/a in row $at',
  async ({ form, at }) => {
    const data = await open(form, cells(numbers, 'n/a', at))
    const clean = dataset(cells(numbers, undefined, 0).map((v) => ({ v })))
    for (const reference of [data, clean]) {
      const [result] = await evaluate(noDriftFrom(data.column('v'), reference.column('v')))
      expect(result).toMatchObject({
        status: 'pass',
        evidence: expect.arrayContaining([expect.objectContaining({ method: 'kolmogorovSmirnov' })]),
      })
      expect(JSON.stringify(result)).toContain('1 of 5,003 cells is no number: n/a × 1')
    }
    const [moved] = await evaluate(
      noDriftFrom(
        (
          await open(
            form,
            cells((i) => numbers(i) + 60, 'n/a', at),
          )
        ).column('v'),
        data.column('v'),
      ),
    )
    expect(moved).toMatchObject({
      status: 'fail',
      evidence: expect.arrayContaining([expect.objectContaining({ method: 'kolmogorovSmirnov' })]),
    })
  },
)

test.each(forms.flatMap((form) => [EARLY, LATE].map((at) => ({ form, at }))))(
  'a contract read off numbers in $form with n/a in row $at names it as missing, and holds no banana next month',
  async ({ form, at }) => {
    const contract = await inferContract(await open(form, cells(numbers, 'n/a', at)))
    expect(contract).toMatchObject({
      properties: { v: { type: 'integer', 'x-assay': { missing: form === 'csv' ? ['', 'n/a'] : ['n/a'] } } },
      required: ['id'],
    })
    const hold = async (odd: Cell | undefined) =>
      (await evaluate(contractCheck(await open(form, cells(numbers, odd, at)), contract, 'x.schema.json')))
        .filter(({ status }) => status !== 'pass')
        .map(({ subject, kind, counts }) => [subject.column, kind, counts?.failed])
    expect(await hold('n/a')).toEqual([])
    expect(await hold(undefined)).toEqual([])
    expect(await hold('banana')).toEqual([['v', expect.stringMatching(/valuesOfType|schemaKeyword/), 1]])
  },
)

test.each(
  (['records', 'xlsx', 'columns', 'csv'] as const).flatMap((form) => [EARLY, LATE].map((at) => ({ form, at }))),
)(
  'one text in row $at of a column of dates in $form is one failing row of a question about dates',
  async ({ form, at }) => {
    const data = await open(form, cells(days, 'unknown', at))
    expect(await verdict(valuesOfType(data.column('v'), 'date'))).toMatchObject({
      status: 'fail',
      failed: 1,
      rows: [at],
      message: '1 of 5,003 cells is no date: unknown × 1',
    })
  },
)

test('a column without any number is no column of numbers, and the hint says what to try', async () => {
  const hint = async (values: readonly string[], quoted = false) =>
    (
      await verdict(
        valuesBetween(
          dataset(
            path.join(
              await folderWith({
                'x.csv': `id;v\n${values.map((v, i) => `${i};${quoted ? `"${v}"` : v}\n`).join('')}`,
              }),
              'x.csv',
            ),
          ).column('v'),
          { min: 0 },
        ),
      )
    ).message?.split('hint: ')[1]
  expect(await hint(['red', 'blue'])).toBe('use valuesIn, valuesMatching or valueLengthBetween for text')
  expect(await hint(['1,50', '2,75'])).toBe("if the comma stands before the fraction: dataset(…, { decimal: ',' })")
  expect(await hint(['1.234,50', '2.000,75'])).toBe(
    "if the comma stands before the fraction: dataset(…, { decimal: ',', thousands: '.' })",
  )
  expect(await hint(['1,234', '2,000,500'])).toBe(
    "if the comma stands between thousands: dataset(…, { thousands: ',' })",
  )
})

test.each(forms)(
  'a column of %s without a value judges nothing, and its contract holds whatever comes',
  async (form) => {
    const none = await open(
      form,
      cells(() => '', undefined, 0),
      { missing: [''] },
    )
    expect(await verdict(valuesBetween(none.column('v'), { min: 0 }))).toMatchObject({ status: 'vacuous' })
    const contract = await inferContract(none)
    for (const usual of [numbers, days, () => 'text'])
      expect(
        (await evaluate(contractCheck(await open(form, cells(usual, undefined, 0)), contract, 'x.schema.json'))).filter(
          ({ status }) => status !== 'pass',
        ),
      ).toEqual([])
  },
)

test('a question about text reads the text of a text file, whatever its first rows looked like', async () => {
  const codes = (i: number): string => String(10_000 + i)
  for (const at of [EARLY, LATE]) {
    const v = (await open('csv', cells(codes, 'none', at))).column('v')
    expect(await verdict(valuesMatching(v, /^\d{5}$/u))).toMatchObject({ status: 'fail', failed: 1, rows: [at] })
    expect(await verdict(valuesIn(v, ['none', ...Array.from({ length: ROWS }, (_, i) => codes(i))]))).toMatchObject({
      status: 'pass',
    })
  }
})

test('values of personal columns are not told', async () => {
  const v = (await open('csv', cells(numbers, 'secret-word', EARLY), { pii: 'v' })).column('v')
  const result = (await evaluate(valuesBetween(v, { min: 1 })))[0]
  expect(result).toMatchObject({ status: 'fail', message: '1 of 5,003 cells is no number' })
  expect(JSON.stringify(result)).not.toContain('secret-word')
})
