import { smallText } from '../../bytes/smallText.ts'
import { firstLine } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { compile, draftOf, type Validate } from '../../schema/drafts.ts'
import type { JsonObject } from '../../schema/json.ts'
import { jsonValue } from '../../schema/reading.ts'
import { type Comparator, labelOf, show, wrongExpected } from './comparator.ts'
import { expectedValue } from './equals.ts'

/** A JSON value that holds to a JSON Schema: an object, its JSON text, or the path of a `.json` file. A text answer is read as JSON. */
export const schema: Comparator<JsonObject> = {
  prepare(expected, place) {
    const value = expectedValue(expected, place)
    const read = typeof value === 'string' ? parsed(value, place) : value
    if (!isPlainObject(read) || Object.keys(read).length === 0)
      throw wrongExpected(
        place,
        show(value),
        'schema needs a JSON Schema that says something, e.g. {"type": "object", "required": ["city"]}',
      )
    return read as JsonObject
  },
  async compare({ value }, own) {
    const answer = json(value)
    if (answer instanceof Error) return { passed: false, reason: answer.message }
    try {
      const findings = (await compile(own, draftOf(own)))(answer)
      return findings === undefined ? true : { passed: false, reason: reasonOf(findings) }
    } catch (error) {
      return `its schema cannot be read: ${firstLine(error)}`
    }
  },
  words: (own) => `what holds to ${show(own)}`,
}

function parsed(text: string, place: string): unknown {
  const fromFile = !text.trim().startsWith('{')
  try {
    return JSON.parse(fromFile ? smallText(text, 'JSON Schema') : text)
  } catch (error) {
    throw wrongExpected(
      place,
      fromFile ? `the schema in ${JSON.stringify(text)}` : 'a schema',
      `it cannot be read: ${firstLine(error)}`,
    )
  }
}

/** The answer as JSON; a text that writes none is as it is. */
function json(value: unknown): unknown {
  const label = labelOf(value as never)
  if (typeof label !== 'string' || !/^\s*[[{]/.test(label)) return jsonValue(label)
  try {
    return JSON.parse(label)
  } catch (error) {
    return new Error(`the answer is no JSON: ${firstLine(error)}`)
  }
}

const SHOWN = 3

const reasonOf = (findings: NonNullable<ReturnType<Validate>>): string =>
  findings
    .slice(0, SHOWN)
    .map(({ path, message }) => `${path === '' ? 'it' : path} ${message}`)
    .join('; ')
