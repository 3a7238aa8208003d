import { aboutDataset, type Check, measured } from '../checks/check.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { rootOf } from '../dataset/opened.ts'
import type { Relation } from '../engine/engine.ts'
import { AssayError, nearest } from '../errors.ts'
import { missingCount } from '../metrics/kinds/missingCount.ts'
import { rowCount } from '../metrics/kinds/rowCount.ts'
import { shown } from './json.ts'
import type { Unjudged } from './keywords.ts'
import type { ColumnSchema } from './tableSchema.ts'

/** Says that a part of the schema is judged by nothing: a warning where that is known of it, else `vacuous`. */
export function unjudgedCheck(dataset: Dataset, { what, known }: Unjudged): Check {
  const message = `values are not held to ${what}${known ? '' : ', which nobody knows; say it with "pattern"'}`
  return {
    type: 'run',
    kind: 'schemaUnjudged',
    family: 'schema',
    ...aboutDataset(dataset, [], { statement: { what } }),
    title: `the schema's ${what}`,
    expected: 'something that can be judged',
    severity: known ? 'warn' : 'error',
    remark: true,
    inputs: [dataset],
    run: () => Promise.resolve({ status: known ? 'fail' : 'vacuous', measured: 'nothing judges it', message }),
  }
}

/** Says that nothing in the data is held to the schema, with the names that its columns may mean. */
export function nothingAsked(dataset: Dataset, { columns }: Relation, wanted: readonly string[]): Check {
  const names = columns.map(({ name }) => name)
  const missing = wanted.filter((name) => !names.includes(name))
  const meant = missing.flatMap((name) => {
    const near = nearest(name, names)
    return near === undefined ? [] : [`${shown(near)} for ${shown(name)}`]
  })
  const listed = (list: readonly string[]): string =>
    `${list.slice(0, 12).map(shown).join(', ')}${list.length > 12 ? ', …' : ''}`
  const message =
    wanted.length === 0
      ? 'it says nothing that can be judged: name the columns and what their values are'
      : missing.length < wanted.length
        ? `it names ${listed(wanted.filter((name) => names.includes(name)))} and says nothing of the values that can be judged`
        : meant.length > 0
          ? `it names no column of the data; did you mean ${meant.slice(0, 5).join(', ')}?`
          : `it names ${listed(wanted)}; the data has ${listed(names) || 'no columns'}`
  return measured({
    kind: 'matchesSchema',
    family: 'schema',
    ...aboutDataset(dataset, [], { statement: { something: true }, limits: { wanted: new Set(wanted) } }),
    title: 'something to judge',
    expected: 'a schema of these columns',
    severity: 'error',
    inputs: [dataset],
    metrics: () => ({ rows: rowCount() }),
    judge: ({ rows }) => {
      const empty = rows === 0 && columns.length === 0
      const counts = { rows, missing: 0, tested: 0, failed: 0 }
      return { status: 'vacuous', measured: 'nothing was judged', message, ...(empty ? { counts } : {}) }
    },
  })
}

/** A warning for an optional column that is not there, where one of almost that name is and the schema knows it not. */
export function likelySlip(
  dataset: Dataset,
  { columns }: Relation,
  { name, required, present }: ColumnSchema,
  wanted: readonly string[],
): readonly Check[] {
  const bare = (text: string): string => text.replace(/\d+/g, '')
  const names = columns.map((column) => column.name)
  if (required || present || name.length < 3 || names.includes(name)) return []
  const near = nearest(
    name,
    names.filter((other) => !wanted.includes(other) && bare(other) !== bare(name)),
  )
  if (near === undefined) return []
  return [
    {
      type: 'run',
      kind: 'schemaUnjudged',
      family: 'schema',
      ...aboutDataset(dataset, [name], { statement: { slip: true }, limits: { near } }),
      title: `the schema's column ${shown(name)}`,
      expected: 'a column of that name, or none of almost that name',
      severity: 'warn',
      remark: true,
      inputs: [dataset],
      run: () =>
        Promise.resolve({
          status: 'fail',
          measured: 'no such column',
          message: `the schema lets ${shown(name)} be absent, and the data has ${shown(near)}, of which it says nothing: did you mean ${shown(near)}?`,
        }),
    },
  ]
}

/** An error when empty cells were read as missing though the schema says that only other texts are. */
export function emptyCells(dataset: Dataset, name: string, missing: readonly string[]): Check {
  return {
    type: 'run',
    kind: 'missingValues',
    family: 'missing',
    ...aboutDataset(dataset, [name], { limits: { missing: new Set(missing) } }),
    title: 'missing values as declared',
    expected:
      missing.length === 0 ? 'no text stands for a missing value' : `only ${missing.map(shown).join(', ')} is missing`,
    inputs: [dataset],
    async run({ measure }) {
      const { empty } = await measure(rootOf(dataset), { empty: missingCount(name) })
      if (empty === 0) return { status: 'pass', measured: 'no empty cell' }
      throw new AssayError(
        'wrong-use',
        `${empty} cells of ${shown(name)} were read as missing that the schema does not call so`,
        { hint: `open the dataset with { missing: ${JSON.stringify(missing)} }` },
      )
    },
  }
}

/** An error when a column that is said to be personal is not there, and one of nearly its name is: it would be shown. */
export function untaggedColumn(dataset: Dataset, name: string, likely: string): Check {
  return {
    type: 'run',
    kind: 'personalColumn',
    family: 'schema',
    ...aboutDataset(dataset, [name], { limits: { likely } }),
    title: 'personal column that is there',
    expected: `a column ${shown(name)}`,
    inputs: [dataset],
    run: () =>
      Promise.reject(
        new AssayError(
          'missing-column',
          `the schema says that ${shown(name)} is personal, and there is no such column`,
          {
            hint: `did you mean ${shown(likely)}?`,
          },
        ),
      ),
  }
}
