import { realpath, stat } from 'node:fs/promises'
import type { Judgement, RunCheck, RunContext } from '../../checks/check.ts'
import { firstLine, nearestHint, textOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { collectGarbage, forgetPeak, type Memory, ownPeak } from '../../models/residentMemory.ts'
import { isPlainObject, ownOptions } from '../../options.ts'
import type { Severity } from '../../results/checkResult.ts'
import { clearInterval, setInterval } from '../../realTimers.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { givenInputs, type GivenInputs, type Input, type Inputs } from '../inputs.ts'
import { run } from '../run/run.ts'

/** Bytes at most. */
export interface SizeLimits {
  /**
   * Of the model's files.
   * @example { bytes: 50e6 }
   */
  readonly bytes?: number
  /**
   * Of memory while it answers: all that a process of its own holds, or what this one grows by.
   * @example { memory: 500e6 }
   */
  readonly memory?: number
}

/** What `fitsWithin` can be told. */
export interface SizeOptions {
  /**
   * What it is asked while its memory is watched.
   * @example { on: reviews.column('text') }
   */
  readonly on?: Inputs
  /**
   * The model's files; default: those of an ONNX model.
   * @example { files: ['model.pkl'] }
   */
  readonly files?: readonly string[]
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const names = ['bytes', 'memory'] as const
const SAMPLE = 20

/**
 * The model fits: its files have at most so many `bytes`, and answering `on` takes at most so much `memory`. A process is
 * measured with its children, on Linux by the most that they ever held; a function or an ONNX model by how much this process
 * or its values grow, whichever is more, so that what the tests use meanwhile counts, too. Memory of models behind an address cannot be told.
 * A model that answers nothing has shown nothing: an error.
 */
export function fitsWithin(model: Model, limits: SizeLimits, options: SizeOptions = {}): RunCheck {
  checkModel(model, 'fitsWithin')
  const wrong = wrongArgument('fitsWithin')
  const wanted = isPlainObject(limits) ? Object.entries(limits).filter(([, limit]) => limit !== undefined) : []
  if (wanted.length === 0) throw wrong('got no limit', 'e.g. { bytes: 50e6 } or { memory: 500e6 }')
  for (const [name, limit] of wanted) {
    if (!names.includes(name as 'bytes')) {
      throw wrong(
        `does not know the limit ${JSON.stringify(name)}`,
        nearestHint(name, names, 'there are bytes and memory', String),
      )
    }
    if (!(typeof limit === 'number' && limit > 0 && limit < Infinity))
      throw wrong(`got ${name}: ${textOf(limit)}`, 'a limit is a number of bytes above 0')
  }
  const { on, files = model.files, severity } = ownOptions('fitsWithin', options, ['on', 'files', 'severity'])
  if (
    files !== undefined &&
    !(Array.isArray(files) && files.length > 0 && files.every((one) => typeof one === 'string'))
  )
    throw wrong(`got files: ${textOf(files)}`, "name them: { files: ['model.pkl'] }")
  if (limits.bytes !== undefined && files === undefined)
    throw wrong(`does not know the files of ${model.name}`, "name them: { files: ['model.pkl'] }")
  if (limits.memory !== undefined && !model.memory)
    throw wrong(`cannot tell the memory of ${model.name}`, 'it can of functions, processes and ONNX models')
  if (limits.memory !== undefined && on === undefined)
    throw wrong('needs inputs to watch its memory', "say on: ['a text', …]")
  const inputs = on === undefined ? undefined : givenInputs(on, 'fitsWithin', 'on')
  const about = aboutModel(model, 'size', {
    statement: { on: inputs?.statement, limits: wanted.map(([name]) => name).sort() },
    limits: { on: inputs?.limits, limits, severity },
  })
  return {
    type: 'run',
    kind: 'fitsWithin',
    family: 'behavior',
    ...about,
    title: 'fits',
    expected: wanted
      .map(([name, limit]) => `${wordsOf[name as 'bytes']} at most ${bytesText(limit as number)}`)
      .join(', '),
    ...(severity ? { severity } : {}),
    ...(inputs?.dataset ? { inputs: [inputs.dataset] } : {}),
    ...(inputs ? { personal: inputs.personal } : {}),
    async run(context): Promise<Judgement> {
      const size = limits.bytes === undefined ? undefined : await sizeOf(files ?? [])
      const lineage = { model: lineageOf(model) }
      if (typeof size === 'string')
        return { status: 'error', measured: 'a file cannot be read', message: size, lineage }
      const held = limits.memory === undefined || !inputs ? undefined : await memoryOf(model, inputs, context)
      if (typeof held === 'string') return { status: 'error', measured: 'no memory to judge', message: held, lineage }
      const late = size !== undefined && size > (limits.bytes ?? 0)
      const fat = held !== undefined && held.bytes > (limits.memory ?? 0)
      const sizes = [
        ...(size === undefined ? [] : [`files of ${bytesText(size)}`]),
        ...(held === undefined
          ? []
          : [`${held.words} ${bytesText(held.bytes)} over ${countText(held.answers, 'answer')}`]),
      ]
      return {
        status: late || fat ? 'fail' : 'pass',
        measured: sizes.join(', '),
        value: late || held === undefined ? (size as number) : held.bytes,
        lineage,
      }
    },
  }
}

const wordsOf = { bytes: 'files of', memory: 'memory of' } as const

/** Bytes of the files, of each once, however it is named; why they cannot be told, if so. */
async function sizeOf(files: readonly string[]): Promise<number | string> {
  let sum = 0
  const counted = new Set<string>()
  for (const file of files) {
    try {
      const stats = await stat(file)
      if (!stats.isFile()) return `${JSON.stringify(file)} is no file`
      const place = await realpath(file)
      if (!counted.has(place)) sum += stats.size
      counted.add(place)
    } catch (error) {
      return `${JSON.stringify(file)} cannot be read: ${firstLine(error)}`
    }
  }
  return sum
}

async function memoryOf(
  model: Model,
  inputs: GivenInputs,
  context: RunContext,
): Promise<{ readonly bytes: number; readonly words: string; readonly answers: number } | string> {
  if (model.memory?.()?.values !== undefined) {
    collectGarbage()
    forgetPeak()
  }
  const before = model.memory?.()
  const highest = ownPeak()
  let [bytes, values] = [before?.bytes ?? 0, before?.values ?? 0]
  const look = (): Memory | undefined => {
    const memory = model.memory?.()
    bytes = Math.max(bytes, memory?.bytes ?? 0)
    values = Math.max(values, memory?.values ?? 0)
    return memory
  }
  const timer = setInterval(look, SAMPLE)
  const ran = await run<Input>(inputs.read(context), {
    model,
    signal: context.signal,
    personal: inputs.isPersonal(),
    // Answers that are there already take no memory.
    timed: true,
    ask: ({ input }) => (input === null ? undefined : [input]),
    judge: () => true,
    capability: () => 'size',
    key: () => '',
    example: () => ({ input: '', expected: '', got: '' }),
  }).finally(() => clearInterval(timer))
  const after = look()
  const { passed } = ran.total
  if (passed === 0) return `${model.name} answered none of the inputs`
  if (!after) return `the memory of ${model.name} cannot be told on this machine`
  if (after.values === undefined) return { bytes, words: 'a process of', answers: passed }
  const peak = ownPeak()
  // The system knows what it was at its highest, if that was just now.
  if (peak > highest) bytes = Math.max(bytes, peak)
  // Values may lie where others lay before, so that the process need not grow for them.
  const growth = Math.max(bytes - (before?.bytes ?? 0), values - (before?.values ?? 0))
  return { bytes: growth, words: 'grew by', answers: passed }
}

/** As the field writes sizes: `1.5 MB`, of a million bytes. */
function bytesText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB']
  const power = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)))
  return `${numberText(Number((bytes / 1000 ** power).toPrecision(3)))} ${units[power]}`
}
