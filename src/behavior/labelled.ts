import { personalCells, tagRow } from '../dataset/personal.ts'
import { AssayError, kindOf, nearestHint } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { type MftCase, type MftRow, mft } from './mft.ts'

/** Which fields of the records are what. */
export interface LabelledOptions {
  /**
   * The field of each record that is the right answer; the others are the input.
   * @example { expected: 'species' }
   */
  readonly expected: string
  /**
   * Fields that are neither.
   * @example { expected: 'species', ignore: ['id'] }
   */
  readonly ignore?: readonly string[]
  /**
   * The field that says how much each record counts, above 0; records without it count once. It is no part of the input.
   * @example { expected: 'species', weight: 'survey_weight' }
   */
  readonly weight?: string
  /**
   * What the table is called in titles and reports.
   * @example { expected: 'species', name: 'penguins' }
   */
  readonly name?: string
}

/**
 * Labelled cases of records, such as a dataset's rows: one field is the right answer, the others are the input. Records
 * whose right answer is missing are left out. Throws an AssayError when none is left, and for a field that is not there.
 * @example labelled(await dataset('penguins.csv').rows(), { expected: 'species' })
 */
export function labelled(rows: readonly Readonly<Record<string, unknown>>[], options: LabelledOptions): MftCase[] {
  const {
    expected,
    ignore = [],
    weight,
    name,
  } = ownOptions('labelled()', options, ['expected', 'ignore', 'weight', 'name'])
  const wrong = (found: string, hint: string): AssayError =>
    new AssayError('wrong-cases', `labelled(): ${found}`, { hint })
  const hint = "pass records: labelled(await dataset('penguins.csv').rows(), { expected: 'species' })"
  if (!Array.isArray(rows)) throw wrong(`got ${kindOf(rows)}`, hint)
  if (typeof expected !== 'string' || expected === '')
    throw wrong(
      `got ${kindOf(expected)} as expected`,
      "name the field of the right answer, e.g. { expected: 'species' }",
    )
  if (weight !== undefined && (typeof weight !== 'string' || weight === '' || weight === expected))
    throw wrong(
      `got ${weight === expected ? 'the field of the right answer' : kindOf(weight)} as weight`,
      "name the field that says how much a record counts, e.g. { weight: 'survey_weight' }",
    )
  const records = rows as readonly unknown[]
  const names = isPlainObject(records[0]) ? Object.keys(records[0]) : []
  const others = weight === undefined ? ignore : [...ignore, weight]
  for (const field of [expected, ...others]) {
    if (records.length === 0 || records.some((row) => isPlainObject(row) && Object.hasOwn(row, field))) continue
    throw wrong(`no record has the field ${JSON.stringify(field)}`, nearestHint(field, names, hint, String))
  }
  const cases: MftRow[] = []
  records.forEach((row, i) => {
    if (!isPlainObject(row)) throw wrong(`row ${i + 1} is ${kindOf(row)}`, hint)
    const label = row[expected]
    if (label === undefined || label === null || label === '') return
    const input = Object.fromEntries(
      Object.entries(row).filter(([field]) => field !== expected && !others.includes(field)),
    )
    const labelledRow: MftRow = {
      input,
      expected: label,
      name: `row ${i + 1}`,
      ...(weight === undefined ? {} : { weight: row[weight] as number | null }),
    }
    for (const made of [labelledRow, input]) tagRow(made, personalCells(row))
    cases.push(labelledRow)
  })
  if (cases.length === 0) throw wrong('no record has a right answer', hint)
  return mft(cases, name === undefined ? {} : { name })
}
