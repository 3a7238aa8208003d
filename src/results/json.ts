import { AssayError } from '../errors.ts'
import type { RunDocument } from './runDocument.ts'
import { restored, type RunFile, stored } from './runFile.ts'
import { isObject } from '../options.ts'

const version = 1
const shared = ['checks', 'abouts', 'subjects', 'origins', 'places', 'groups', 'lineages', 'ages']
const lists = ['results', 'queries', 'datasets', 'models', 'notes', ...shared]

/**
 * The run document as text, as a file holds it: what results have in common once, keys in a fixed order, each result, dataset, problem and query on a line of its own, ending
 * in a newline; equal runs give equal text.
 */
export function json(run: RunDocument): string {
  const { schema, ...rest } = stored(run)
  const members = Object.entries(ordered(rest) as object)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${JSON.stringify(name)}: ${lined(value)}`)
  return `{\n  "schema": ${JSON.stringify(schema)},\n${members.join(',\n')}\n}\n`
}

/** A list with each item on its own line. */
function lined(value: unknown): string {
  if (!Array.isArray(value) || value.length === 0) return JSON.stringify(value)
  return `[\n${value.map((item) => `    ${JSON.stringify(item) ?? 'null'}`).join(',\n')}\n  ]`
}

/**
 * Reads a run document.
 * @throws AssayError when the text is not JSON, not a run document, or of a version this package does not know.
 */
export function parse(text: string): RunDocument {
  return restored(parseFile(text))
}

/** Reads what a file holds, without putting together what its results have in common. Throws like `parse`. */
export function parseFile(text: string): RunFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AssayError('unreadable-file', 'A run document must be JSON, and this text is not.', {
      hint: 'read the report.json that a run wrote',
      cause,
    })
  }
  const schema = isObject(value) ? value['schema'] : undefined
  const match = typeof schema === 'string' ? /^assay\/run\/(\d+)$/.exec(schema) : null
  if (!match) {
    const fault = schema === undefined ? 'has no "schema"' : `says "schema": ${JSON.stringify(schema)}`
    throw new AssayError(
      'wrong-schema',
      `A run document says "schema": "assay/run/${version}", and this one ${fault}.`,
      {
        hint: 'read the report.json that a run wrote',
      },
    )
  }
  if (Number(match[1]) !== version) {
    const newer = Number(match[1]) > version
    throw new AssayError(
      'wrong-schema',
      `This run document is version ${match[1]}, and this release of assay reads version ${version}.`,
      { hint: newer ? 'update assay to the release that wrote it' : 'run the checks again to write a new one' },
    )
  }
  const document = value as Record<string, unknown>
  for (const key of lists) {
    if (!Array.isArray(document[key])) throw incomplete(key, 'an array')
  }
  for (const key of ['tests', 'environment']) if (!isObject(document[key])) throw incomplete(key, 'an object')
  return document as unknown as RunFile
}

function incomplete(key: string, wanted: string): AssayError {
  return new AssayError('wrong-schema', `This run document is incomplete: "${key}" must be ${wanted}.`, {
    hint: 'the file may have been cut while it was written; run the checks again',
  })
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, ordered(value[key])]),
  )
}
