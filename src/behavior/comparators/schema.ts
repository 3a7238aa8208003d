import { exactJson } from '../../bytes/exactJson.ts'
import { whatJsonLoses } from '../../bytes/jsonFaults.ts'
import { smallText } from '../../bytes/smallText.ts'
import { firstLine } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { beside } from './besideDoubles.ts'
import { byContent } from '../../schema/byContent.ts'
import { checkSchema, compile, draftOf, type Validate } from '../../schema/drafts.ts'
import type { JsonObject } from '../../schema/json.ts'
import { type JudgedValues, judgedValues, judgesOnly, judgesOthers } from '../../schema/keywords.ts'
import { jsonValue } from '../../schema/reading.ts'
import { judgedInTime } from '../finds.ts'
import { keyTwice } from '../../models/keyTwice.ts'
import { type AnswerValue, isNumber } from '../../models/value.ts'
import { type Comparator, kindOfAnswer, labelOf, show, wrongExpected } from './comparator.ts'
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
    const label = labelOf(value)
    const twice = typeof label === 'string' && answer !== label ? keyTwice(label) : undefined
    if (twice !== undefined) return twice
    try {
      const validate = await validator(own)
      // JSON Schema has them hold.
      if (judgesOthers(own, [kindOf(answer)]))
        return { passed: false, reason: `${judgesOnly(own)}, and the answer is ${kindOfAnswer(answer as AnswerValue)}` }
      const judge = () => beside(answer).map((value) => validate(jsonValue(value)))
      const judged = hasPattern(own) ? judgedInTime(`its schema ${show(own)}`, judge) : judge()
      if (typeof judged === 'string') return judged
      const [findings, ...others] = judged
      if (others.some((other) => (other === undefined) !== (findings === undefined)))
        return 'it holds an integer that no number of JavaScript is, and the schema tells the two beside it apart'
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
    const json = fromFile ? smallText(text, 'JSON Schema') : text
    const value: unknown = JSON.parse(json)
    const lost = whatJsonLoses(json, { rounded: true })
    if (lost) throw new Error(`it ${lost.words}`)
    return value
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
  if (typeof label !== 'string' || !/^\s*[[{]/.test(label)) return label
  try {
    return exactJson(label)
  } catch (error) {
    return new Error(`the answer is no JSON: ${firstLine(error)}`)
  }
}

const validators = byContent<Promise<Validate>>()

/** What holds an answer to a schema: an error for a slip of the pen in it, and for one that judges nothing. */
function validator(own: JsonObject): Promise<Validate> {
  return validators(JSON.stringify(own), async () => {
    const draft = draftOf(own)
    await checkSchema(own, draft)
    if ([...judgedValues(own).keys()].every((name) => name === '$defs' || name === 'definitions'))
      throw new Error('it says nothing that can be judged')
    return compile(own, draft)
  })
}

/** Whether an expression stands in a schema. */
const hasPattern = (own: JsonObject): boolean => /"pattern(?:Properties)?":/.test(JSON.stringify(own))

function kindOf(answer: unknown): JudgedValues | 'others' {
  if (typeof answer === 'string') return 'texts'
  if (isNumber(answer)) return 'numbers'
  if (Array.isArray(answer)) return 'lists'
  return typeof answer === 'object' && answer !== null ? 'objects' : 'others'
}

const SHOWN = 3

const reasonOf = (findings: NonNullable<ReturnType<Validate>>): string =>
  findings
    .slice(0, SHOWN)
    .map(({ path, message }) => `${path === '' ? 'it' : path} ${message}`)
    .join('; ')
