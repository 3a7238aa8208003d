import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { caseTable, checkCaseColumns, inputOf } from '../formats/text/caseTable.ts'
import { portablePath } from '../bytes/address.ts'
import { exactJson } from '../bytes/exactJson.ts'
import { keyTwiceIn } from '../bytes/jsonFaults.ts'
import { smallText } from '../bytes/smallText.ts'
import { AssayError, firstLine, kindOf, textOf } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { type Answer, readAnswer } from './answer.ts'
import { baselineHeader } from './baselineFile.ts'
import { declaredLabels, withDeclared } from './declaredLabels.ts'
import { inputKey, jsonKey } from './inputKey.ts'
import { collector } from './collector.ts'
import type { PredictOptions } from './modelOptions.ts'
import { looselyFound } from './looselyFound.ts'
import { branded, type Model } from './model.ts'
import { jsonText } from './value.ts'
import { countText } from '../words/text/numbers.ts'

/** A prediction made elsewhere. Without `input` it belongs to the input at its place. */
export interface PredictionRow {
  readonly input?: unknown
  readonly prediction: unknown
}

/** What `predictions` can be told. */
export interface PredictionsOptions {
  /**
   * How the model is called in messages and reports; default: the name of the file.
   * @example { name: 'sentiment@1.4.0' }
   */
  readonly name?: string
  /**
   * Columns or names of the file that are neither input nor prediction; others than these are refused.
   * @example { ignore: ['model_version'] }
   */
  readonly ignore?: readonly string[]
  /**
   * The labels that it may answer; an answer with another one is an error. Default: any.
   * @example { labels: ['positive', 'negative'] }
   */
  readonly labels?: readonly string[]
  /**
   * A file of JSON lines to which inputs without a prediction are added, each once, to be predicted anywhere. The file of
   * predictions need not be there then. Personal values are not added: an AssayError `wrong-use`.
   * @example { collect: 'to-predict.jsonl' }
   */
  readonly collect?: string
}

interface Row {
  readonly input?: unknown
  readonly answer: Answer
  readonly place: string
}

const COLUMNS = ['input', 'prediction']

/**
 * A model that is only its predictions, made elsewhere: rows, or a file of JSON lines, a JSON array, or CSV. A line is
 * a prediction by itself, `{ "input": …, "prediction": … }`, or `{ "input": …, "error": … }`, which says why there is none; a
 * CSV file has a column `prediction` and may have `input` (or `input.<field>`). The cells of a CSV file have no type: each is
 * read as what its case expects, a number, a boolean, a range or JSON; an empty one is no prediction. With inputs a prediction
 * is found by its input, in any order; without them the first one belongs to the first case, and only one list of inputs can
 * be asked for. An input without a prediction is an error of that input. A baseline (`assay baseline`) is held to the hash in
 * its first line. The fingerprint is that of the predictions. Throws AssayError
 * `wrong-prediction`, `missing-file` or `empty-file`, naming file and line.
 */
export function predictions(source: string | readonly PredictionRow[], options: PredictionsOptions = {}): Model {
  const {
    name,
    ignore = [],
    collect,
    labels,
  } = ownOptions('predictions()', options, ['name', 'ignore', 'collect', 'labels'])
  if (name !== undefined && (typeof name !== 'string' || name === ''))
    throw new AssayError('wrong-argument', `predictions() got ${kindOf(name)} as name`, { hint: 'a name is a text' })
  if (collect !== undefined && (typeof collect !== 'string' || !/\.(jsonl|ndjson)$/i.test(collect)))
    throw new AssayError('wrong-argument', `predictions() got ${textOf(collect)} as collect`, {
      hint: "it is a file of JSON lines, e.g. { collect: 'to-predict.jsonl' }",
    })
  const file = typeof source === 'string' ? source : undefined
  const where = file === undefined ? 'the rows' : JSON.stringify(file)
  const untyped = file !== undefined && /\.(csv|tsv)$/i.test(file)
  const awaited = file !== undefined && collect !== undefined && !existsSync(file)
  const rows = awaited ? [] : file === undefined ? givenRows(source, ignore) : readRows(file, ignore)
  if (rows.length === 0 && !awaited) throw wrong(`${where} ${file === undefined ? 'hold' : 'holds'} no prediction`)
  const keyed = rows.filter(({ input }) => input !== undefined).length
  if (keyed !== 0 && keyed !== rows.length) {
    const odd = rows.find(({ input }) => input === undefined) as Row
    throw wrong(`${odd.place} has no input, and others have`, 'give each an input, or none')
  }
  if (collect !== undefined && keyed === 0 && !awaited)
    throw wrong(
      `${where} has predictions without their inputs`,
      'to collect what is missing, put each beside its input',
    )
  const isKeyed = keyed > 0 || awaited
  const find = isKeyed ? byInput(rows, collect) : inOrder(rows, where, file !== undefined)
  const declared = declaredLabels(labels, 'predictions()')
  const made = branded({
    name: name ?? (file === undefined ? 'predictions' : path.parse(file).name),
    fingerprint: fingerprintOf(rows),
    source: file === undefined ? 'rows of predictions' : portablePath(file),
    fixed: true,
    ...(untyped ? { untyped: true as const } : {}),
    ...(isKeyed ? {} : { whole: true as const }),
    predict: find,
  })
  return withDeclared(made, declared)
}

function fingerprintOf(rows: readonly Row[]): string {
  const hash = createHash('sha256')
  for (const { input, answer } of rows)
    hash.update(`${input === undefined ? '' : jsonKey(input)}\0${written(answer)}\n`)
  return `sha256:${hash.digest('hex').slice(0, 32)}`
}

const written = ({ value, error = '' }: Answer): string =>
  value === undefined ? error : jsonText(value, { sorted: true })

type Find = (inputs: readonly unknown[], options?: PredictOptions) => Promise<readonly Answer[]>

function byInput(rows: readonly Row[], collect: string | undefined): Find {
  const byKey = new Map<string, Row>()
  for (const row of rows) {
    const key = jsonKey(row.input)
    if (key === undefined) throw wrong(`${row.place} has an input that is no JSON value`)
    const before = byKey.get(key)
    if (before && written(before.answer) !== written(row.answer))
      throw wrong(`${before.place} and ${row.place} predict differently for the same input`, 'keep one of them')
    byKey.set(key, row)
  }
  const loose = looselyFound(rows, ({ answer }) => written(answer))
  const missing = collect === undefined ? undefined : collector(collect)
  return async (inputs, { personal = false } = {}) => {
    const answers = inputs.map((input): Answer => {
      const row = byKey.get(jsonKey(input) ?? '') ?? loose(input)
      if (row === undefined && missing && personal)
        throw new AssayError(
          'wrong-use',
          `no input is collected in ${JSON.stringify(collect)}: those without a prediction hold personal values`,
          { hint: 'predict them where they may be read, or leave the personal columns out of the inputs' },
        )
      return { ...(row?.answer ?? missing?.add(input) ?? { error: 'has no prediction in the file' }) }
    })
    missing?.write()
    return answers
  }
}

function inOrder(rows: readonly Row[], where: string, isFile: boolean): Find {
  let first: readonly unknown[] | undefined
  return async (inputs) => {
    if (inputs.length !== rows.length)
      throw wrong(
        `${where} ${isFile ? 'has' : 'have'} ${countText(rows.length, 'prediction')} for ${countText(inputs.length, 'input')}`,
        'without inputs beside them, predictions stand in the order of the inputs, one for each',
      )
    const keys = inputs.map(inputKey)
    first ??= keys
    if (keys.some((key, i) => key !== first?.[i]))
      throw wrong(
        `${where} has predictions without their inputs, which were taken for other inputs before`,
        'put each beside its input, { "input": …, "prediction": … }, so that it is found by it',
      )
    return rows.map(({ answer }) => ({ ...answer }))
  }
}

function givenRows(source: unknown, ignore: readonly string[]): Row[] {
  if (!Array.isArray(source)) throw wrong(`got ${kindOf(source)}`, 'pass a path, or rows such as { input, prediction }')
  return Array.from(source, (row: unknown, i) => {
    if (!isRow(row)) throw wrong(`row ${i + 1} has no prediction`, 'a row is { input, prediction }, or { prediction }')
    return rowOf(row, `row ${i + 1}`, ignore)
  })
}

const isRow = (value: unknown): value is PredictionRow =>
  typeof value === 'object' && value !== null && Object.hasOwn(value, 'prediction')

/** Whether a line names an input and has no prediction: an answer that has such a name stands in `prediction`. */
const isUnanswered = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isPlainObject(value) && Object.keys(value).some((name) => name === 'input' || name.startsWith('input.'))

/** A line that says why an input has no prediction. */
function unanswered(line: Readonly<Record<string, unknown>>, place: string, ignore: readonly string[]): Row {
  const { error, ...rest } = line
  if (typeof error !== 'string' || error === '')
    throw wrong(
      `${place} has an input and no prediction`,
      'a line is { "input": …, "prediction": … }, or { "input": …, "error": "why there is none" }',
    )
  const fields = checkCaseColumns(Object.keys(rest), { known: COLUMNS, ignore, where: place, wrong })
  return { input: inputOf(rest, fields), answer: { error }, place }
}

function rowOf(row: PredictionRow, place: string, ignore: readonly string[]): Row {
  const fields = checkCaseColumns(Object.keys(row), { known: COLUMNS, ignore, where: place, wrong })
  return { input: inputOf({ ...row }, fields), answer: readAnswer(row.prediction), place }
}

function readRows(file: string, ignore: readonly string[]): Row[] {
  if (/\.(csv|tsv)$/i.test(file)) return fromTable(file, ignore)
  if (/\.(jsonl|ndjson|json)$/i.test(file)) return fromJson(file, ignore)
  throw wrong(
    `${JSON.stringify(file)} is no file of predictions by its ending`,
    'it reads .jsonl, .ndjson, .json, .csv and .tsv',
  )
}

function fromTable(file: string, ignore: readonly string[]): Row[] {
  const { header, rows } = caseTable(file, 'file of predictions')
  const shown = JSON.stringify(file)
  const fields = checkCaseColumns(header, { known: COLUMNS, needed: ['prediction'], ignore, where: shown, wrong })
  return rows.map(({ values, line }) => ({
    input: inputOf(values, fields),
    answer: values.prediction === '' ? { error: 'has an empty prediction' } : { value: values.prediction as string },
    place: `line ${line} of ${shown}`,
  }))
}

function fromJson(file: string, ignore: readonly string[]): Row[] {
  const text = smallText(file, 'file of predictions')
  const shown = JSON.stringify(file)
  const header = /\.json$/i.test(file) ? undefined : baselineHeader(text, shown)
  // A baseline says who made a line where that is another model.
  const beside = header ? [...ignore, 'model'] : ignore
  const row = (value: unknown, place: string): Row => {
    if (isRow(value)) return rowOf(value, place, beside)
    if (isUnanswered(value)) return unanswered(value, place, beside)
    return { answer: readAnswer(value), place }
  }
  if (/\.json$/i.test(file)) {
    const list = parsed(text, shown)
    if (!Array.isArray(list))
      throw wrong(`${shown} holds no array of predictions`, 'one prediction a line is a .jsonl file')
    return list.map((value, i) => row(value, `item ${i + 1} of ${shown}`))
  }
  return text.split('\n').flatMap((line, i) => {
    const place = `line ${i + 1} of ${shown}`
    return line.trim() === '' || (header && i === 0) ? [] : [row(parsed(line, place), place)]
  })
}

function parsed(text: string, place: string): unknown {
  let value: unknown
  try {
    value = exactJson(text)
  } catch (cause) {
    throw new AssayError('wrong-prediction', `predictions(): ${place} is not JSON: ${firstLine(cause)}`, {
      discreet: `predictions(): ${place} is not JSON`,
      cause,
    })
  }
  const lost = keyTwiceIn(text)
  if (lost !== undefined)
    throw new AssayError('wrong-prediction', `predictions(): ${place} ${lost}`, {
      discreet: `predictions(): ${place} holds a key twice`,
    })
  return value
}

function wrong(found: string, hint?: string): AssayError {
  return new AssayError('wrong-prediction', `predictions(): ${found}`, { hint })
}
