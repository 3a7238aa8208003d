import { cellOf } from '../cells/cell.ts'
import { aboutDataset, type RunContext } from '../checks/check.ts'
import { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from '../dataset/dataset.ts'
import { holdsPersonal } from '../dataset/personal.ts'
import { rowsOf } from '../dataset/rowsOf.ts'
import { ROW_NUMBER, type RowValue } from '../engine/engine.ts'
import { pagesOf } from '../engine/pages.ts'
import { AssayError } from '../errors.ts'
import { columnNamed } from '../metrics/metric.ts'
import { snapshot } from '../models/value.ts'
import type { Subject } from '../results/checkResult.ts'
import { hash, type Values } from '../results/resultId.ts'
import { id, sql } from '../sql/sql.ts'
import { isCase, isPersonal } from './caseRows.ts'
import { untold } from './untold.ts'

/** What a model is asked about: a column of texts, a dataset's rows as records, inputs as they are, or those of cases that `mft()` made. */
export type Inputs = DatasetColumn | Dataset | readonly unknown[]

/** An input, and where it stands. */
export interface Input {
  readonly row: number
  readonly input: unknown
}

/** Inputs as a check needs them. */
export interface GivenInputs {
  readonly dataset: Dataset | undefined
  /** Columns whose values the inputs are, for those that are personal. */
  readonly columns: readonly string[] | 'any'
  /** What of them is personal beside the dataset's columns: rows of one that were handed over. */
  readonly personal: readonly string[]
  /** Whether they hold values of personal columns, as far as that is known by now. */
  isPersonal(): boolean
  /** A key of inputs in code. */
  readonly table: string | undefined
  /** Which they are, as the question of a check states it. */
  readonly statement: Values | string | undefined
  /** What of the data may change while it stays the same question; nothing for inputs in code. */
  readonly limits: Values | undefined
  /** How the subject of a result names the data; nothing for inputs in code. */
  readonly subject: Pick<Subject, 'reference' | 'referenceOf'>
  read(context: RunContext): Iterable<Input> | AsyncIterable<Input>
}

/** Rows held at a time. */
const PAGE = 16_384

/** Throws an AssayError where there is nothing to ask about; `option` is what the asker calls its inputs. */
export function givenInputs(over: Inputs, asker: string, option: 'on' | 'over' | 'training'): GivenInputs {
  if (isDatasetColumn(over)) {
    const { dataset, name } = over
    return {
      ...drawnFrom(dataset, [name]),
      columns: [name],
      isPersonal: () => dataset.pii.includes(name),
      read: (context) => numbered(texts(over, context)),
    }
  }
  if (isDataset(over))
    return {
      ...drawnFrom(over, []),
      columns: 'any',
      isPersonal: () => over.pii.length > 0,
      read: (context) => numbered(recordsOf(over, context)),
    }
  const items: readonly unknown[] = Array.isArray(over) ? Array.from(over as readonly unknown[]) : []
  const list = items.map((item) => (isCase(item) ? item.input : item))
  const wrong = (found: string): AssayError =>
    new AssayError('wrong-argument', `${asker} ${found}`, {
      hint: `say ${option}: dataset('reviews.csv').column('text'), a dataset whose rows are inputs, or ${option}: ['a text', 'another']`,
    })
  if (list.length === 0) throw wrong('needs inputs')
  list.forEach((input, i) => {
    try {
      if (input === undefined) throw new Error('undefined')
      if (!ArrayBuffer.isView(input)) snapshot(input, { dates: true })
    } catch (error) {
      throw wrong(`needs inputs, and the one at ${i} is ${(error as Error).message}`)
    }
  })
  const personal = items.some((item) => (isCase(item) ? isPersonal(item) : holdsPersonal(item))) ? ['input'] : []
  const table = hash(list)
  return {
    dataset: undefined,
    columns: personal.length > 0 ? 'any' : [],
    personal,
    isPersonal: () => personal.length > 0,
    table,
    statement: table,
    limits: undefined,
    subject: {},
    read: () => list.map((input, row) => ({ row, input })),
  }
}

/** What is the same of all inputs that a dataset holds. */
function drawnFrom(dataset: Dataset, columns: readonly string[]) {
  const { subject, question } = aboutDataset(dataset, columns)
  return {
    dataset,
    personal: [],
    table: undefined,
    statement: question.follows,
    limits: question.about,
    subject: {
      reference: [dataset.name, ...columns].join('.'),
      referenceOf: { name: subject.name, source: subject.source as string },
    },
  }
}

async function* numbered(pages: AsyncIterable<readonly unknown[]>): AsyncGenerator<Input> {
  let row = 0
  for await (const page of pages) for (const input of page) yield { row: row++, input }
}

/** The column's texts in row order; null where missing. */
async function* texts({ dataset, name }: DatasetColumn, context: RunContext): AsyncGenerator<readonly unknown[]> {
  const { signal } = context
  const relation = await context.relation(dataset)
  const { engine, columns, numbered: ordered } = relation
  const column = columnNamed(columns, name)
  const text = sql`${engine.dialect.text(cellOf(column, engine.dialect).text)} as ${id(VALUE)}`
  const selected = ordered ? sql`${id(ROW_NUMBER)}, ${text}` : text
  for await (const page of pagesOf(relation, selected, { size: PAGE, signal })) {
    const order = page.ordered ? sql` order by ${id(ROW_NUMBER)}` : sql``
    const rows = await engine.query(sql`select ${id(VALUE)} from ${page.table}${order}`, { signal })
    yield rows.map(([value]) => (value === null || value === undefined ? null : String(value)))
  }
}

const VALUE = '__assay_input'

/** What is told of a failing input where inputs are personal: a hash of a text can be looked up, its row cannot. */
export const discreetRow = {
  key: ({ unit }: { readonly unit: Input }): string => `row ${unit.row + 1}`,
  example: () => untold,
}

/** The rows as records, in their order. */
export async function* recordsOf(
  dataset: Dataset,
  context: RunContext,
): AsyncGenerator<readonly Record<string, RowValue>[]> {
  const relation = await context.relation(dataset)
  for await (const { table, ordered } of pagesOf(relation, sql`*`, { size: PAGE, signal: context.signal }))
    yield await rowsOf(dataset.name, ordered ? { ...relation, numbered: table } : { ...relation, from: table })
}
