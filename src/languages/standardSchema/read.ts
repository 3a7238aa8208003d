import { AssayError, firstLine } from '../../errors.ts'
import { definitionOf } from './definition.ts'
import type { Finding } from '../../schema/findings.ts'
import { isObject, pointer, shown, wrongSchema } from '../../schema/json.ts'
import type { RowValidator } from '../../schema/rowValidator.ts'
import type { TableSchema } from '../../schema/tableSchema.ts'

interface Issue {
  readonly message: string
  readonly path?: readonly unknown[] | undefined
}
interface Result {
  readonly issues?: readonly Issue[] | undefined
}
/** A schema of a validation library, by the interface they share (https://standardschema.dev), version 1. */
export interface StandardSchema {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    validate(value: unknown): object | Promise<object>
  }
}

/** Reads a schema of a validation library, of which this is what it says of itself. */
export function readStandard(
  source: StandardSchema,
  { version, vendor, validate }: Partial<StandardSchema['~standard']>,
): TableSchema {
  if (version !== 1 || typeof validate !== 'function') {
    throw wrongSchema(
      '#/~standard',
      `found version ${shown(version)} and ${typeof validate === 'function' ? 'a' : 'no'} validate function`,
      'version 1 of Standard Schema is read',
    )
  }
  const validator: RowValidator = {
    vendor: String(vendor),
    definition: definitionOf(source),
    judge(row) {
      const result = judged(() => source['~standard'].validate(row), String(vendor))
      return isPromise(result)
        ? result.then((found) => findings(found, String(vendor)))
        : findings(result, String(vendor))
    },
  }
  return { draft: '2020-12', columns: [], extraColumns: 'allow', key: [], shared: {}, validator }
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null)?.then === 'function'

/** What the library threw becomes an error of the schema: a row it cannot judge is not a row that fails. */
function judged(work: () => unknown, vendor: string): unknown {
  const refuse = (cause: unknown): never => {
    throw new AssayError('wrong-schema', `the schema is wrong at #: the ${vendor} schema threw: ${firstLine(cause)}`, {
      hint: 'let it report an issue instead',
      discreet: `the schema is wrong at #: the ${vendor} schema threw`,
      cause,
    })
  }
  try {
    const result = work()
    return isPromise(result) ? result.catch(refuse) : result
  } catch (cause) {
    return refuse(cause)
  }
}

function findings(result: unknown, vendor: string): readonly Finding[] | undefined {
  // A library's errors may be an array of its own that holds them as issues too.
  if (typeof result !== 'object' || result === null)
    throw new AssayError(
      'wrong-schema',
      `the schema is wrong at #: the ${vendor} schema returned ${shown(result)}, not a result`,
      {
        discreet: `the schema is wrong at #: the ${vendor} schema returned no result`,
      },
    )
  const { issues } = result as Result
  if (issues === undefined) return undefined
  // A failure without an issue is a failure.
  if (issues.length === 0) return [{ keyword: vendor, message: 'it does not hold', path: '' }]
  return issues.map((issue) => {
    const { message, path = [] } = issue
    const alternatives = path.length === 0 ? alternativesOf(issue) : []
    return {
      keyword: vendor,
      message: String(message),
      path: path.reduce<string>((at, step) => pointer(at, stepOf(step)), ''),
      ...(alternatives.length > 0 ? { alternatives } : {}),
    }
  })
}

const stepOf = (step: unknown): string => String(isObject(step) ? step.key : step)
/** Where the libraries keep the issues of a union's alternatives; the interface has no place for them. */
const inside = ['errors', 'issues', 'unionErrors']

/** The properties that each alternative of a union complains of. */
function alternativesOf(issue: object): readonly (readonly string[])[] {
  const held = inside.flatMap((name) => {
    const value: unknown = (issue as Record<string, unknown>)[name]
    return Array.isArray(value) ? (value as unknown[]) : []
  })
  // An alternative is a list of issues, or one issue, or an error that holds them.
  const sets = held.map((one) => [...new Set((Array.isArray(one) ? one : [one]).flatMap(propertiesOf))])
  return sets.filter((set) => set.length > 0)
}

function propertiesOf(issue: unknown): readonly string[] {
  if (typeof issue !== 'object' || issue === null) return []
  const { path } = issue as Issue
  return path && path.length > 0 ? [stepOf(path[0])] : alternativesOf(issue).flat()
}
