import { exactJson } from '../../bytes/exactJson.ts'
import { keyTwiceIn } from '../../bytes/jsonFaults.ts'
import { smallText } from '../../bytes/smallText.ts'
import { type YamlDocument, yamlDocument } from '../../bytes/yamlDocument.ts'
import { firstLine } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'

/** Rows of a JSON, JSON Lines or YAML file, as they are there. */
export interface CaseDocument {
  readonly rows: readonly unknown[]
  /** The line of each row, from 1; undefined where the format does not tell. */
  readonly lines: readonly (number | undefined)[]
  /** What stands beside `cases` in a document that is an object. */
  readonly rest: Readonly<Record<string, unknown>>
}

type Wrong = (found: string, hint?: string, discreet?: string) => Error

/** Whether the file is one of these by its ending. */
export const isCaseDocument = (file: string): boolean => /\.(jsonl|ndjson|json|ya?ml)$/i.test(file)

/** Reads a list of rows, or an object with a list of them as `cases`. */
export function caseDocument(file: string, wrong: Wrong): CaseDocument {
  const text = smallText(file, 'case table')
  const shown = JSON.stringify(file)
  if (/\.(jsonl|ndjson)$/i.test(file)) return jsonLines(text, shown, wrong)
  const { value, lineOf } = /\.json$/i.test(file) ? jsonIn(text, shown, wrong) : yamlIn(text, shown, wrong)
  const whole = isPlainObject(value) && Array.isArray(value.cases)
  const rows = whole ? (value.cases as readonly unknown[]) : value
  if (!Array.isArray(rows))
    throw wrong(
      `${shown} holds no array of cases`,
      'a list of cases, an object with such a list as "cases", or one case a line in a .jsonl file',
    )
  const { cases: _, ...rest } = whole ? (value as Readonly<Record<string, unknown>>) : { cases: undefined }
  return { rows: rows as readonly unknown[], lines: rows.map((_row, i) => lineOf(whole, i)), rest }
}

interface Parsed {
  readonly value: unknown
  lineOf(whole: boolean, row: number): number | undefined
}

function jsonLines(text: string, shown: string, wrong: Wrong): CaseDocument {
  const lines = text.split('\n').flatMap((line, i) => (line.trim() === '' ? [] : [{ line, at: i + 1 }]))
  return {
    rows: lines.map(({ line, at }) => jsonIn(line, `line ${at} of ${shown}`, wrong).value),
    lines: lines.map(({ at }) => at),
    rest: {},
  }
}

function jsonIn(text: string, place: string, wrong: Wrong): Parsed {
  let value: unknown
  try {
    value = exactJson(text)
  } catch (error) {
    throw wrong(`${place} is not JSON: ${firstLine(error)}`, undefined, `${place} is not JSON`)
  }
  const lost = keyTwiceIn(text)
  if (lost !== undefined)
    throw wrong(`${place} ${lost}`, undefined, `${place} is JSON of which something would be lost`)
  return { value, lineOf: () => undefined }
}

function yamlIn(text: string, shown: string, wrong: Wrong): Parsed {
  let document: YamlDocument
  try {
    document = yamlDocument(text)
  } catch (error) {
    throw wrong(`${shown} is not YAML: ${firstLine(error).replace(/:\s*$/, '')}`, undefined, `${shown} is not YAML`)
  }
  try {
    return {
      value: document.value(),
      lineOf: (whole, row) => document.lineOf(whole ? ['cases', row] : [row]),
    }
  } catch (cause) {
    throw wrong(`${shown} cannot be read as YAML: ${firstLine(cause)}`, undefined, `${shown} cannot be read as YAML`)
  }
}
