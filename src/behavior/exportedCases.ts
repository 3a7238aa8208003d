import { AssayError } from '../errors.ts'
import { inputKey } from '../models/inputKey.ts'
import { jsonText, snapshot, type AnswerValue } from '../models/value.ts'
import { isPlainObject } from '../options.ts'
import type { MftCase } from './mft.ts'

/** A file of what a model is asked. */
export interface ExportedCases {
  readonly text: string
  /** Inputs in it: each distinct one once. */
  readonly inputs: number
}

type Write = (inputs: readonly AnswerValue[]) => string

const formats: Readonly<Record<string, Write>> = {
  '.jsonl': (inputs) => inputs.map((input) => `${jsonText({ input })}\n`).join(''),
  '.ndjson': (inputs) => formats['.jsonl']?.(inputs) ?? '',
  '.json': (inputs) => `[\n${inputs.map((input) => `  ${jsonText({ input })}`).join(',\n')}\n]\n`,
  '.txt': (inputs) => inputs.map((input) => `${jsonText(input)}\n`).join(''),
  '.csv': (inputs) => table(inputs, ','),
  '.tsv': (inputs) => table(inputs, '\t'),
}

/**
 * The inputs of cases, each distinct one once, in the order of the cases, as a file to be predicted anywhere: `.jsonl` and
 * `.json` hold `{ "input": … }`, to which a prediction is added; `.txt` holds an input as JSON a line, as processes read it;
 * `.csv` and `.tsv` have a column `input`, or `input.<field>` for each field. Throws an AssayError for another ending, and for
 * inputs that a table cannot hold.
 */
export function exportedCases(cases: readonly MftCase[], ending: string): ExportedCases {
  const write = Object.hasOwn(formats, ending.toLowerCase()) ? formats[ending.toLowerCase()] : undefined
  if (!write)
    throw new AssayError('wrong-argument', `inputs cannot be written as ${JSON.stringify(ending)}`, {
      hint: `it writes ${Object.keys(formats).join(', ')}`,
    })
  const distinct = new Map<unknown, AnswerValue>()
  for (const { input } of cases) {
    const key = inputKey(input)
    if (!distinct.has(key)) distinct.set(key, snapshot(input, { dates: true }))
  }
  return { text: write([...distinct.values()]), inputs: distinct.size }
}

function table(inputs: readonly AnswerValue[], delimiter: string): string {
  const records = inputs.every(isPlainObject)
  const names = records ? [...new Set(inputs.flatMap((input) => Object.keys(input as object)))] : ['']
  const cell = (value: AnswerValue | undefined): string => {
    if (value === undefined || value === null) return ''
    if (typeof value === 'object')
      throw new AssayError('wrong-argument', 'a table holds no lists and no objects in objects, as these inputs are', {
        hint: 'write .jsonl',
      })
    const text = String(value)
    return /[",\t\r\n]|^\s|\s$/.test(text) || text === '' ? `"${text.replaceAll('"', '""')}"` : text
  }
  const header = names.map((name) => cell(records ? `input.${name}` : 'input')).join(delimiter)
  const rows = inputs.map((input) =>
    names.map((name) => cell(records ? (input as Readonly<Record<string, AnswerValue>>)[name] : input)).join(delimiter),
  )
  return `${[header, ...rows].join('\n')}\n`
}
