import type { Tensor } from 'onnxruntime-node'
import { AssayError, nearestHint, textOf, wrongArgument } from '../../errors.ts'
import { type Answer, readAnswer } from '../answer.ts'
import type { Classes } from './classes.ts'
import type { Graph } from './graph.ts'
import type { OnnxOptions } from './onnxOptions.ts'
import type { Port, Session } from './session.ts'
import { numberOfHalf } from './halves.ts'
import { quoted } from '../../words/text/quoted.ts'

/** What one output says of one case: a number, text or boolean, or lists of them. */
export type Said = number | bigint | string | boolean | readonly Said[]

/** How answers are made of what the outputs say. */
export interface OutputReading {
  /** Outputs that are read. */
  readonly names: readonly string[]
  answer(said: Readonly<Record<string, Said>>): Answer
}

const wrong = wrongArgument('onnx():')

/** Decides how the outputs of a model are read. Throws an AssayError where the options name what the model does not have. */
export function readingOf(
  { outputs, unreadable }: Session,
  { output, labels, softmax = false }: OnnxOptions,
  classes: Graph['classes'],
): OutputReading {
  const names = outputs.map(({ name }) => name)
  if (typeof output === 'function')
    return { names, answer: (said) => custom(output as (outputs: Readonly<Record<string, Said>>) => unknown, said) }
  if (output !== undefined && !names.includes(output)) {
    if (unreadable.includes(output)) throw noTensor(output)
    throw wrong(
      `the model has no output ${JSON.stringify(output)}`,
      nearestHint(output, names, `its outputs are ${quoted(names)}`),
    )
  }
  const scorer = outputs.find((one) => one.name === output || (output === undefined && isScores(one)))
  const labeler = output === undefined ? outputs.find(isLabel) : undefined
  const only = output === undefined && outputs.length === 1 ? outputs[0] : undefined
  if (output === undefined && !only && !(labeler && outputs.length === 2 && scorer)) {
    if (outputs.length === 0) throw noTensor(unreadable[0])
    throw wrong(
      `the model has the outputs ${quoted(names)}`,
      `the option output names the one that answers: ${anyOf(names)}; or it is a function of all of them`,
    )
  }
  if (labels && labeler && !scorer && unreadable.length > 0) throw noTensor(unreadable[0])
  const read = [labeler, only && only !== labeler ? only : scorer].filter((one) => one !== undefined)
  // Where a label is answered, the scores are those of what it can be.
  const namer = outputs.find((one) => isWords(one) && classes.has(one.name)) ?? outputs.find(isLabel) ?? scorer ?? only
  const own = namer && classes.get(namer.name)
  if (
    labels &&
    own?.length === labels.length &&
    String(own) !== String(labels) &&
    labels.every((one) => own.includes(one))
  )
    throw wrong(
      `labels names ${quoted(labels)}, and the file ${quoted(own.map(String))}`,
      'their scores are in the order of the file: leave labels out',
    )
  const naming = namingOf(labels, own)
  const unread =
    labeler && !scorer && unreadable[0] !== undefined ? `${noTensorText(unreadable[0])}: ${ZIPMAP}` : undefined
  return {
    names: [...new Set(read.map(({ name }) => name))],
    answer(outputs) {
      const label = labeler && outputs[labeler.name]
      const scores =
        scorer && scorer !== labeler ? outputs[scorer.name] : only && only !== labeler ? outputs[only.name] : undefined
      const isPair = typeof scores === 'number' && labels?.length === 2 && (softmax || label === undefined)
      const vector = isPair ? pairOf(scores, softmax) : asVector(scores)
      if (!vector) return unscored(label === undefined ? scores : naming.named(label), unread)
      const known = naming.list
      if (!known && softmax)
        throw wrong(
          `softmax is true, and the file does not name the ${vector.length} classes`,
          'name them: { labels: ["…", "…"] }',
        )
      if (!known) return unscored(label === undefined ? scores : naming.named(label), UNNAMED)
      if (known.length !== vector.length)
        throw wrong(
          `the model scores ${vector.length} classes, and ${labels ? 'labels names' : 'its file names'} ${known.length}`,
          'name the classes in the order of the scores: { labels: ["…", "…"] }',
        )
      const shares = softmax && !isPair ? softmaxOf(vector) : vector
      return readAnswer({
        label: label === undefined ? known[greatest(shares)] : naming.named(label),
        scores: Object.fromEntries(known.map((name, i) => [String(name), shares[i]])),
      })
    },
  }
}

/** Names to choose from. */
const anyOf = (names: readonly string[]): string =>
  names.length < 2 ? quoted(names) : `${quoted(names.slice(0, -1))} or ${quoted(names.slice(-1))}`

const noTensor = (name: string | undefined): AssayError =>
  name === undefined
    ? wrong('the model has no output', 'export it with what it answers as an output')
    : wrong(noTensorText(name), ZIPMAP)

const ZIPMAP = "skl2onnx writes tensors with options={'zipmap': False}"
const UNNAMED = 'the file does not name the classes that it scores: say labels: ["…", "…"]'

const noTensorText = (name: string): string =>
  `the output ${JSON.stringify(name)} is no tensor of numbers, texts or booleans, which cannot be read`

/** An answer without scores, and why it has none. */
const unscored = (value: unknown, why: string | undefined): Answer =>
  why === undefined ? readAnswer(value) : { ...readAnswer(value), unscored: why }

const isWords = ({ type }: Port): boolean => type === 'string' || /^u?int/.test(type)

const isLabel = (one: Port): boolean => isWords(one) && one.sizes.every((size) => size === 1)

const isScores = ({ type, sizes }: Port): boolean => type.startsWith('float') && sizes.length === 1

function custom(
  output: (outputs: Readonly<Record<string, Said>>) => unknown,
  named: Readonly<Record<string, Said>>,
): Answer {
  try {
    return readAnswer(output(named))
  } catch (error) {
    return { error: `answered what output() cannot read: ${textOf(error)}` }
  }
}

/** Scores of classes. */
const asVector = (scores: Said | undefined): readonly number[] | undefined =>
  Array.isArray(scores) && scores.every((one) => typeof one === 'number') ? (scores as readonly number[]) : undefined

/** The shares of two labels, of what is told of the second one: its probability, or its logit. */
function pairOf(score: number, isLogit: boolean): readonly number[] | undefined {
  if (Number.isNaN(score)) return undefined
  const share = isLogit ? 1 / (1 + Math.exp(-score)) : score
  if (share >= 0 && share <= 1) return [isLogit ? 1 / (1 + Math.exp(score)) : 1 - share, share]
  throw wrong(
    `the model scores two labels by one number, ${score}, which is no probability`,
    'say softmax: true where it is a logit, or leave labels out',
  )
}

/** How classes are called: as the options say, else as the file does. */
function namingOf(labels: readonly string[] | undefined, classes: Classes | undefined) {
  const places = classes?.every((one) => typeof one === 'number') ? classes : undefined
  return {
    list: labels ?? classes,
    named(label: Said): unknown {
      if (!labels) return label
      if (typeof label === 'string') {
        if (labels.includes(label)) return label
        throw wrong(`the model answered the label ${JSON.stringify(label)}`, `labels names ${quoted(labels)}`)
      }
      const place = places ? places.indexOf(Number(label)) : Number(label)
      const name = labels[place]
      if (name === undefined)
        throw wrong(`the model answered the class ${String(label)}`, `labels names ${quoted(labels)}`)
      return name
    },
  }
}

function softmaxOf(logits: readonly number[]): number[] {
  const most = Math.max(...logits)
  const parts = logits.map((one) => Math.exp(one - most))
  const sum = parts.reduce((all, one) => all + one, 0)
  return parts.map((one) => one / sum)
}

function greatest(shares: readonly number[]): number {
  let place = 0
  shares.forEach((share, i) => {
    if (share > (shares[place] as number)) place = i
  })
  return place
}

/** What a tensor says of each of so many cases; undefined where it does not speak of so many. */
export function rowsOf({ type, data, dims }: Tensor, count: number): readonly Said[] | undefined {
  // Halves come as their bits where Node has no array of them.
  const values =
    type === 'float16' && data instanceof Uint16Array
      ? Float64Array.from(data, numberOfHalf)
      : (data as ArrayLike<number | bigint | string>)
  const whole = dims[0] === count && dims.length > 0 ? dims : count === 1 ? [1, ...dims] : undefined
  if (!whole) return undefined
  const [, ...sizes] = whole
  const width = values.length / count
  return Array.from({ length: count }, (_, row) => nested(sizes, (i) => value(values[row * width + i], type)))
}

function nested(sizes: readonly number[], at: (place: number) => Said): Said {
  if (sizes.length === 0 || (sizes.length === 1 && sizes[0] === 1)) return at(0)
  const [first = 0, ...rest] = sizes
  const width = rest.reduce((product, size) => product * size, 1)
  if (rest.length === 0) return Array.from({ length: first }, (_, i) => at(i))
  return Array.from({ length: first }, (_, i) => nested(rest, (place) => at(i * width + place)))
}

function value(one: number | bigint | string | undefined, type: Tensor.Type): Said {
  if (type === 'bool') return Boolean(one)
  if (typeof one === 'bigint') return Number.isSafeInteger(Number(one)) ? Number(one) : one
  return one as number | string
}
