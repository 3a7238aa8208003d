import type { ErrorObject } from 'ajv'
import { shown } from './json.ts'

/** What is wrong with a value: the keyword, ajv's words, and where in the value. */
export interface Finding {
  readonly keyword: string
  readonly message: string
  /** JSON pointer into the value; empty for the value itself. */
  readonly path: string
  /** Where the keyword stands, as a JSON pointer into the schema; what is referred to starts anew. */
  readonly place?: string
  /** The property that is missing or must not be there, for keywords about properties. */
  readonly property?: string
  /** Where the value may be at fault instead, by the alternatives of a union: the properties that each complains of. */
  readonly alternatives?: readonly (readonly string[])[]
}

/** Findings of one validator that are kept at most, and of one place: some messages count. */
const MOST = 1000
const MOST_ALIKE = 8

interface Known {
  readonly error: ErrorObject
  readonly finding: Finding
}

/** What ajv says as findings: what is wrong with many values alike is one object, so that it is counted cheaply. */
export function findings(): (error: ErrorObject) => Finding {
  const known = new Map<string, Map<string, Known[]>>()
  let count = 0
  return (error) => {
    const { schemaPath, instancePath, keyword, message } = error
    const ofPlace = known.get(schemaPath)
    const alike = ofPlace?.get(instancePath)
    if (alike) {
      for (const { error: other, finding } of alike)
        if (other.message === message && other.keyword === keyword && propertyOf(other) === propertyOf(error))
          return finding
    }
    const finding = findingOf(error)
    if (count < MOST && (alike?.length ?? 0) < MOST_ALIKE) {
      count++
      const entry = { error, finding }
      if (alike) alike.push(entry)
      else if (ofPlace) ofPlace.set(instancePath, [entry])
      else known.set(schemaPath, new Map([[instancePath, [entry]]]))
    }
    return finding
  }
}

function findingOf(error: ErrorObject): Finding {
  const { keyword, message = 'is wrong', instancePath: path, schemaPath: place } = error
  const property = propertyOf(error)
  const more = keyword === 'additionalProperties' || keyword === 'unevaluatedProperties'
  const words = more && property !== undefined ? `${message} (${shown(property)})` : message
  return property === undefined
    ? { keyword, message: words, path, place }
    : { keyword, message: words, path, place, property }
}

/** The property that is missing, or must not be there. */
function propertyOf({ params }: ErrorObject): string | undefined {
  const named = params as { missingProperty?: string; additionalProperty?: string; unevaluatedProperty?: string }
  return named.missingProperty ?? named.additionalProperty ?? named.unevaluatedProperty
}
