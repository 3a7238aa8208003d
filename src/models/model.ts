import { kindOf, textOf, wrongArgument } from '../errors.ts'
import { ownOptions } from '../options.ts'
import type { Answer } from './answer.ts'
import { budgeted } from './budgeted.ts'
import { declaredLabels, withDeclared } from './declaredLabels.ts'
import { Gate } from './gate.ts'
import type { ModelOptions, PredictOptions } from './modelOptions.ts'
import type { CallContext, Predict } from './call.ts'
import type { Calls } from './callRun.ts'
import { type Memory, ownMemory } from './residentMemory.ts'
import { sharing } from './sharing.ts'

const brand: symbol = Symbol.for('assay.model')

/** A label with the score of each label. */
export interface Scored {
  readonly label: string
  readonly scores: Readonly<Record<string, number>>
}

/**
 * What a model may answer: a label or text, a number, a boolean, a JSON value, or a label with scores. Bigints are whole
 * numbers. Anything else (undefined, null, NaN, a Map, a Date, an instance of a class) is an error of its input.
 */
export type Prediction = string | number | boolean | Scored | readonly unknown[] | Readonly<Record<string, unknown>>

/** A model under test: a name, and one way in. */
export interface Model {
  readonly name: string
  readonly fingerprint: string | undefined
  /** What answers, in words: `function classify`, a file of predictions, a command; nothing where it has no name. */
  readonly source?: string | undefined
  /** Whether its answers are cells of a text table, which have no type: `0.5` may be a number or a text. */
  readonly untyped?: true
  /** Whether it answers one list of inputs as a whole, and nothing else. */
  readonly whole?: true
  /** The files that it is made of, where it knows them. */
  readonly files?: readonly string[]
  /** The memory of what answers; absent where that cannot be told. */
  readonly memory?: (() => Memory | undefined) | undefined
  /** Calls of it that are under way at a time; absent where it is asked one input after another. */
  readonly concurrency?: number
  /** Whether its answers cost what nobody said. */
  readonly unpriced?: true
  /** Whether it has one answer to an input, made elsewhere: asked again it tells nothing new. */
  readonly fixed?: true
  /** Whether it is asked anew each time. */
  readonly forgetful?: true
  /** Answers all inputs, in order. A call that fails is an error of its inputs, never of the others. */
  predict(inputs: readonly unknown[], options?: PredictOptions): Promise<readonly Answer[]>
}

/** Options of every model that is asked by calls. */
export const callOptions = ['concurrency', 'timeout', 'retries', 'backoff', 'labels', 'fingerprint']
const known = ['batch', 'remember', ...callOptions]

/**
 * A model over a function of one input (sync or async), or with `batch` over a function of several inputs. The function
 * gets copies of the inputs; changing them is an error of those inputs. Answers are copied when they come. An object that
 * stands in the answers to several inputs of a batch, or of calls under way together, is an error of them, since it holds
 * what was written last; so is one that answers again with another content. Frozen ones may. `I` is the type of the inputs: what the cases hold.
 * A second parameter of the function has a `signal`, which aborts when the call is given up.
 */
export function model<I = never>(
  name: string,
  predict: (input: I, context: CallContext) => unknown,
  options: ModelOptions = {},
): Model {
  if (typeof name !== 'string' || name === '')
    throw wrong(
      `got ${name === '' ? 'an empty text' : kindOf(name)} as name`,
      'give a name with a version, e.g. "sentiment@1.4.0"',
    )
  if (typeof predict !== 'function')
    throw wrong(
      `${JSON.stringify(name)} got ${kindOf(predict)} instead of a function`,
      'pass the function that predicts one input',
    )
  const own = ownOptions(`model() ${JSON.stringify(name)}`, options, known)
  for (const option of ['batch', 'concurrency', 'timeout', 'retries', 'backoff'] as const) {
    const value = own[option]
    const least = option === 'retries' || option === 'backoff' ? 0 : 1
    if (value !== undefined && !(Number.isInteger(value) && value >= least)) {
      throw wrong(`${JSON.stringify(name)} got ${option}: ${textOf(value)}`, `${option} is a whole number`)
    }
  }
  const { fingerprint, remember } = own
  if (remember !== undefined && typeof remember !== 'boolean')
    throw wrong(`${JSON.stringify(name)} got remember: ${textOf(remember)}`, 'it is true or false')
  if (fingerprint !== undefined && typeof fingerprint !== 'string')
    throw wrong(`${JSON.stringify(name)} got ${kindOf(fingerprint)} as fingerprint`, 'a fingerprint is a text')
  const labels = declaredLabels(own.labels, `model() ${JSON.stringify(name)}`)
  const concurrency = own.concurrency ?? 8
  const calls: Calls = { sharing: sharing(), gate: new Gate(concurrency), silence: undefined }
  const made = budgeted(
    branded({
      name,
      fingerprint,
      source: predict.name === '' ? undefined : `function ${predict.name}`,
      ...(remember === false ? { forgetful: true as const } : {}),
      memory: ownMemory,
      concurrency,
      async predict(inputs, given = {}) {
        const { predictAll } = await import('./predictAll.ts')
        return predictAll(predict as Predict, inputs, own, calls, given)
      },
    }),
  )
  return withDeclared(made, labels)
}

/** Marks a model of another kind than a function, for `isModel`. */
export function branded(made: Model): Model {
  return Object.defineProperty(made, brand, { value: true })
}

/** Whether the value is a model of this or another copy of the package. */
export function isModel(value: unknown): value is Model {
  return typeof value === 'object' && value !== null && brand in value
}

const wrong = wrongArgument('model()')
