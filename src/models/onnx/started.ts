import { othersTurn, throwIfStopped } from '../../engine/stopping.ts'
import { firstLine, textOf } from '../../errors.ts'
import { elapsed } from '../../realTimers.ts'
import type { Answer } from '../answer.ts'
import { handed } from '../../cells/handed.ts'
import type { PredictOptions } from '../modelOptions.ts'
import type { Graph } from './graph.ts'
import type { OnnxOptions } from './onnxOptions.ts'
import { readingOf, type OutputReading, rowsOf, type Said } from './outputs.ts'
import { type Session, startSession } from './session.ts'
import { featuresOf, type FilledTensor, filledFrom, stacked, Unfit } from './tensors.ts'
import { countText } from '../../words/text/numbers.ts'

/** Cases that are asked together where the model says nothing. */
const TOGETHER = 256

/** A model that can be asked. */
export interface Started {
  readonly session: Session
  readonly features: ReadonlyMap<string, readonly string[]>
  readonly reading: OutputReading
}

/** Starts the model in a file. */
export async function start(file: string, own: OnnxOptions, { classes }: Graph): Promise<Started> {
  const session = await startSession(file, own.session ?? {})
  return {
    session,
    features: featuresOf(session, own.features),
    reading: readingOf(session, own, classes),
  }
}

/** Asks for all inputs, cases of the same sizes together; where such a call fails, each of them by itself. */
export async function predictAll(
  started: Started,
  inputs: readonly unknown[],
  { input: mapped, batch = TOGETHER }: OnnxOptions,
  { signal, timed = false }: PredictOptions,
): Promise<readonly Answer[]> {
  const { session, features } = started
  const answers = new Array<Answer>(inputs.length)
  const fixed = session.inputs.find(({ cases }) => cases !== undefined)?.cases
  const size = timed ? 1 : (fixed ?? batch)
  let places: number[] = []
  let cases: (readonly FilledTensor[])[] = []
  const ask = async (): Promise<void> => {
    throwIfStopped(signal)
    await runBatch(started, cases, fixed, timed).then((found) =>
      places.forEach((place, i) => (answers[place] = found[i] as Answer)),
    )
    await othersTurn()
    places = []
    cases = []
  }
  for (let i = 0; i < inputs.length; i++) {
    const filled = prepared(inputs[i], mapped, session, features)
    if (!Array.isArray(filled)) {
      answers[i] = filled as Answer
      continue
    }
    const full = cases.length === Math.min(size, fixed ?? size)
    if (cases.length > 0 && (full || !sameSizes(cases[0] as readonly FilledTensor[], filled))) await ask()
    places.push(i)
    cases.push(filled)
  }
  if (cases.length > 0) await ask()
  return answers
}

function prepared(
  input: unknown,
  mapped: OnnxOptions['input'],
  session: Session,
  features: ReadonlyMap<string, readonly string[]>,
): readonly FilledTensor[] | Answer {
  let value = input
  try {
    if (mapped) value = mapped(handed(input) as never)
  } catch (error) {
    return { error: `was not asked: input() threw ${textOf(error)}` }
  }
  try {
    return filledFrom(value, session, features)
  } catch (error) {
    if (error instanceof Unfit) return { error: error.message }
    throw error
  }
}

const sameSizes = (one: readonly FilledTensor[], other: readonly FilledTensor[]): boolean =>
  one.every(
    ({ dims }, i) => dims.length === other[i]?.dims.length && dims.every((size, k) => size === other[i]?.dims[k]),
  )

/** The first field without a value that a case was made of. */
function missingOf(filled: readonly FilledTensor[], features: Started['features']): string | undefined {
  for (const { port, data } of filled) {
    const place = data.findIndex(Number.isNaN)
    if (place >= 0) return features.get(port.name)?.[place] ?? port.name
  }
  return undefined
}

async function runBatch(
  { session, reading, features }: Started,
  cases: readonly (readonly FilledTensor[])[],
  fixed: number | undefined,
  timed: boolean,
): Promise<readonly Answer[]> {
  const began = timed ? elapsed() : 0
  let outputs: Readonly<Record<string, readonly Said[]>>
  try {
    const feeds = stacked(session, cases, fixed ?? cases.length)
    const tensors = await session.run(feeds, reading.names)
    outputs = Object.fromEntries(
      reading.names.map((name) => {
        const tensor = tensors[name]
        const rows = tensor && rowsOf(tensor, fixed ?? cases.length)
        if (!rows)
          throw new Error(`${name} has ${tensor?.dims.join(' x ')} values for ${countText(cases.length, 'input')}`)
        return [name, rows]
      }),
    )
  } catch (error) {
    if (cases.length === 1) return [{ error: `failed: ${firstLine(error)}` }]
    const single: Answer[] = []
    for (const one of cases) single.push(...(await runBatch({ session, reading, features }, [one], fixed, timed)))
    return single
  }
  const latency = timed ? { latency: elapsed() - began } : {}
  return cases.map((_, i) => {
    const row = Object.fromEntries(reading.names.map((name) => [name, outputs[name]?.[i] as Said]))
    const answer = reading.answer(row)
    const missing = answer.error === undefined ? undefined : missingOf(cases[i] as readonly FilledTensor[], features)
    return missing === undefined
      ? { ...answer, ...latency }
      : { ...answer, error: `${answer.error}, and was given no value of ${JSON.stringify(missing)}`, ...latency }
  })
}
