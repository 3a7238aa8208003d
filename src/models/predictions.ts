import { createHash } from 'node:crypto'
import path from 'node:path'
import { caseTable } from '../dataset/caseTable.ts'
import { smallText } from '../dataset/smallText.ts'
import { AssayError, firstLine, nearest } from '../errors.ts'
import { branded, invalid, type Model } from './model.ts'

/** A prediction made elsewhere. Without `input` it belongs to the input at its place. */
export interface PredictionRow {
  readonly input?: unknown
  readonly prediction: unknown
}

interface Row extends PredictionRow {
  readonly place: string
}

/**
 * A model that is only its predictions, made elsewhere: rows, or a file of JSON lines, a JSON array, or CSV. A line is
 * a prediction by itself, or `{ "input": …, "prediction": … }`; a CSV file has a column `prediction` and may have
 * `input` (or `input.<field>`). With inputs a prediction is found by its input, in any order; without them the first
 * one belongs to the first case. An input without a prediction is an error of that input. The fingerprint is that of
 * the predictions. Throws AssayError `wrong-prediction`, `missing-file` or `empty-file`, naming file and line.
 */
export function predictions(
  source: string | readonly PredictionRow[],
  options: { readonly name?: string } = {},
): Model {
  const where = typeof source === 'string' ? JSON.stringify(source) : 'the rows'
  const rows = typeof source === 'string' ? readRows(source) : givenRows(source)
  if (rows.length === 0) throw wrong(`${where} ${typeof source === 'string' ? 'holds' : 'hold'} no prediction`)
  const keyed = rows.filter(({ input }) => input !== undefined).length
  if (keyed !== 0 && keyed !== rows.length) {
    const odd = rows.find(({ input }) => input === undefined) as Row
    throw wrong(`${odd.place} has no input, and others have`, 'give each an input, or none')
  }
  const hash = createHash('sha256').update(JSON.stringify(rows.map(({ input, prediction }) => [input, prediction])))
  return branded({
    name: options.name ?? (typeof source === 'string' ? path.parse(source).name : 'predictions'),
    fingerprint: `sha256:${hash.digest('hex').slice(0, 32)}`,
    predict: keyed > 0 ? byInput(rows) : inOrder(rows, where),
  })
}

function byInput(rows: readonly Row[]): Model['predict'] {
  const found = new Map<string, Row>()
  for (const row of rows) {
    const key = keyOf(row.input)
    const before = found.get(key)
    if (before && keyOf(before.prediction) !== keyOf(row.prediction))
      throw wrong(`${before.place} and ${row.place} predict differently for the same input`, 'keep one of them')
    found.set(key, row)
  }
  return async (inputs) => {
    const values = inputs.map((input) => found.get(keyOf(input))?.prediction)
    const errors = new Map<number, string>()
    inputs.forEach((input, i) => {
      const problem = found.has(keyOf(input)) ? invalid(values[i]) : 'has no prediction in the file'
      if (problem !== undefined) errors.set(i, problem)
    })
    return { values, errors }
  }
}

function inOrder(rows: readonly Row[], where: string): Model['predict'] {
  return async (inputs) => {
    if (inputs.length !== rows.length)
      throw wrong(
        `${where} has ${rows.length} predictions for ${inputs.length} inputs`,
        'without inputs beside them, predictions stand in the order of the inputs, one for each',
      )
    const problems = rows.map(({ prediction }, i) => [i, invalid(prediction)] as const)
    const errors = new Map(problems.filter((problem): problem is [number, string] => problem[1] !== undefined))
    return { values: rows.map(({ prediction }) => prediction), errors }
  }
}

/** Equal for inputs that a file writes alike: text as it is, other values as JSON with sorted names. */
function keyOf(value: unknown): string {
  if (typeof value === 'string') return value
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

function givenRows(source: unknown): Row[] {
  if (!Array.isArray(source))
    throw wrong(`got ${source === null ? 'null' : typeof source}`, 'pass a path, or rows such as { input, prediction }')
  return source.map((row: unknown, i) => {
    if (!isRow(row)) throw wrong(`row ${i + 1} has no prediction`, 'a row is { input, prediction }, or { prediction }')
    return { ...row, place: `row ${i + 1}` }
  })
}

const isRow = (value: unknown): value is PredictionRow =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prediction')

function readRows(file: string): Row[] {
  if (/\.(csv|tsv)$/i.test(file)) return fromTable(file)
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return fromJson(file)
  throw wrong(
    `${JSON.stringify(file)} is no file of predictions by its ending`,
    'it reads .jsonl, .ndjson, .json, .csv and .tsv',
  )
}

function fromTable(file: string): Row[] {
  const { header, rows } = caseTable(file)
  const shown = JSON.stringify(file)
  if (!header.includes('prediction')) {
    const near = nearest('prediction', header)
    throw wrong(
      `${shown} has no column "prediction"; its columns are ${header.map((one) => JSON.stringify(one)).join(', ')}`,
      near ? `rename ${JSON.stringify(near)} to "prediction"` : 'a file of predictions needs it',
    )
  }
  const fields = header.filter((name) => name.startsWith('input.'))
  return rows.map(({ values, line }) => {
    const input =
      fields.length > 0 ? Object.fromEntries(fields.map((name) => [name.slice(6), values[name]])) : values.input
    return {
      ...(input === undefined ? {} : { input }),
      prediction: values.prediction,
      place: `line ${line} of ${shown}`,
    }
  })
}

function fromJson(file: string): Row[] {
  const text = smallText(file, 'file of predictions')
  const shown = JSON.stringify(file)
  const row = (value: unknown, place: string): Row =>
    isRow(value) ? { ...value, place } : { prediction: value, place }
  if (/\.json$/i.test(file)) {
    const list = parsed(text, shown)
    if (!Array.isArray(list))
      throw wrong(`${shown} holds no array of predictions`, 'one prediction a line is a .jsonl file')
    return list.map((value, i) => row(value, `item ${i + 1} of ${shown}`))
  }
  return text.split('\n').flatMap((line, i) => {
    const place = `line ${i + 1} of ${shown}`
    return line.trim() === '' ? [] : [row(parsed(line, place), place)]
  })
}

function parsed(text: string, place: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AssayError('wrong-prediction', `predictions(): ${place} is not JSON: ${firstLine(cause)}`, { cause })
  }
}

function wrong(found: string, hint?: string): AssayError {
  return new AssayError('wrong-prediction', `predictions(): ${found}`, { hint })
}
