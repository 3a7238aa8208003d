import fc from 'fast-check'
import { NOW } from './now.ts'
import { expect, test } from 'vitest'
import { catalogue, kindNamed } from '../../src/checks/catalogue.ts'
import type { Check } from '../../src/checks/check.ts'
import { evaluate } from '../../src/checks/index.ts'
import type { Dataset } from '../../src/dataset/dataset.ts'
import type { FilterValue } from '../../src/dataset/filter.ts'
import type { CheckResult } from '../../src/results/checkResult.ts'
import { columns, names, rows, text } from './awkward.ts'
import { checkCases } from './cases.ts'
import { engines, type Rows } from './engines.ts'
import { tables } from './tables.ts'
import { rowsOf } from '../helpers/blocks.ts'

const isSegmented = (kind: string): boolean => kindNamed(kind).options.list.some(({ name }) => name === 'segmentBy')
const segmented = catalogue().flatMap(({ kind }) => (isSegmented(kind) ? kind : []))
const cases = segmented.flatMap((kind) => (checkCases[kind] ?? []).slice(0, 3))

/** The same question, asked of some rows or by segment. */
function again(check: Check, { rows: some, by }: { readonly rows?: Dataset; readonly by?: string }): Check {
  if (!check.call) throw new Error(`${check.kind} does not say what it was asked`)
  const { definition, dataset, column, values, options } = check.call
  const data = some ?? dataset
  const receiver = column === undefined ? data : data.column(column)
  const asking = { asker: definition.kind, dataset: data }
  const given = definition.parameters.map((parameter) => {
    const value = (values as Record<string, unknown>)[parameter.name]
    const json = parameter.inputs ? undefined : parameter.toJSON(value)
    return json === undefined || !parameter.fromJSON ? (json ?? value) : parameter.fromJSON(json, asking)
  })
  const ask = kindNamed(definition.kind) as unknown as (...args: readonly unknown[]) => Check
  return ask(receiver, ...given, by === undefined ? options : { ...options, segmentBy: by })
}

function essence(result: CheckResult): unknown {
  const { id, kind, subject, status, blocking, measured, value, counts, message } = result
  return { id, kind, subject, status, blocking, measured, value, counts, message, rows: rowsOf(result)?.rowNumbers }
}

const sorted = (results: readonly CheckResult[]): readonly unknown[] =>
  results.map((result) => JSON.stringify(essence(result))).sort()

/** Each kind by segment comes to what it comes to of each slice. */
async function holds(open: (some: Rows) => Promise<Dataset>, some: Rows, by: string): Promise<void> {
  const [data, apart] = [await open(some), await open(some)]
  const place = names.indexOf(by)
  const values = [...new Set(some.map((row) => row[place] as FilterValue))]
  const asked = cases.map((make) => make(data)).filter(({ inputs }) => inputs?.[0] === data)
  const bySegment = await evaluate(
    asked.map((check) => again(check, { by })),
    { now: NOW },
  )
  const slices = values.map((value) => apart.where({ [by]: value }))
  const bySlice = await evaluate(
    asked.flatMap((check) => slices.map((slice) => again(check, { rows: slice }))),
    { now: NOW },
  )
  expect(bySegment).toHaveLength(asked.length * values.length)
  expect(sorted(bySegment)).toEqual(sorted(bySlice))
}

test.each(engines)('on $name every kind by segment is that of the slices', async (engine) => {
  await holds((some) => engine.open(some, columns), rows, 'small')
})

test('every kind by segment is that of the slices in any table', async () => {
  const [{ open }] = engines
  await fc.assert(
    fc.asyncProperty(
      tables.filter((some) => some.length > 0),
      (some) => holds((part) => open(part, columns), some, text),
    ),
    { numRuns: 2 },
  )
})
