import { readFileSync } from 'node:fs'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { AssayError, firstLine } from '../../errors.ts'

type Runtime = typeof import('onnxruntime-node')

/** An input or output of a model: a name, a type, and the sizes of one case; undefined for a size that may vary. */
export interface Port {
  readonly name: string
  readonly type: Tensor.Type
  /** Whether it is known how many dimensions it has. */
  readonly shaped: boolean
  /** How many cases are asked at once, where the model says a number. */
  readonly cases: number | undefined
  readonly sizes: readonly (number | undefined)[]
}

/** A model that is ready to run. */
export interface Session {
  readonly inputs: readonly Port[]
  readonly outputs: readonly Port[]
  /** Outputs that are no tensors, which cannot be read. */
  readonly unreadable: readonly string[]
  tensor(type: Tensor.Type, data: unknown, dims: readonly number[]): Tensor
  run(feeds: Readonly<Record<string, Tensor>>, outputs: readonly string[]): Promise<Readonly<Record<string, Tensor>>>
}

const loaded: { runtime?: Promise<Runtime> } = {}

/** Starts a model. Throws an AssayError where the runtime is not installed, and for a file that it cannot run. */
export async function startSession(file: string, options: Readonly<Record<string, unknown>>): Promise<Session> {
  const { InferenceSession, Tensor } = await runtime()
  let session: InferenceSession
  try {
    session = await InferenceSession.create(file, { logSeverityLevel: 4, ...options })
  } catch (cause) {
    throw new AssayError(
      'wrong-argument',
      `onnx(): ${JSON.stringify(file)} cannot be run: ${firstLine(cause).replace(SOURCE, '')}`,
      {
        hint: isPointer(file)
          ? 'the file is a pointer of Git LFS: git lfs pull'
          : 'it is a model in the ONNX format, of operators that this onnxruntime-node knows',
        cause,
      },
    )
  }
  const outputs = session.outputMetadata
  return {
    inputs: session.inputMetadata.map(port),
    outputs: outputs.filter(isReadable).map(port),
    unreadable: outputs.filter((one) => !isReadable(one)).map(({ name }) => name),
    tensor: (type, data, dims) => withBits(new Tensor(type, data as never, dims), data),
    run: (feeds, names) => session.run(feeds as InferenceSession.FeedsType, [...names]),
  }
}

/**
 * The tensor with the bits that its halves were given as: where Node has an array of halves, the runtime makes one of them
 * that it cannot read itself (onnxruntime-node 1.30).
 */
function withBits(tensor: Tensor, data: unknown): Tensor {
  return tensor.type === 'float16' && tensor.data !== data
    ? Object.defineProperty(tensor, 'data', { value: data })
    : tensor
}

/** Where in its sources onnxruntime says what is wrong. */
const SOURCE = /\/onnxruntime_src\/\S+:\d+ .*?\)>? (?=[A-Z])/

/** Whether a file stands for another one that Git LFS has not fetched. */
const isPointer = (file: string): boolean =>
  readFileSync(file).subarray(0, 40).toString('latin1').startsWith('version https://git-lfs')

/** Whether the values of an output can be read one by one; those of four bits are packed. */
const isReadable = (of: InferenceSession.ValueMetadata): boolean =>
  of.isTensor && /^(float(16|32|64)|u?int(8|16|32|64)|bool|string)$/.test(of.type)

async function runtime(): Promise<Runtime> {
  loaded.runtime ??= import('onnxruntime-node')
  try {
    return await loaded.runtime
  } catch (cause) {
    delete loaded.runtime
    throw new AssayError('missing-file', `onnx() needs the package onnxruntime-node: ${firstLine(cause)}`, {
      hint: 'npm install --save-dev onnxruntime-node',
      cause,
    })
  }
}

function port(of: InferenceSession.ValueMetadata): Port {
  if (!of.isTensor) return { name: of.name, type: 'float32', shaped: false, cases: undefined, sizes: [] }
  const size = (one: number | string | undefined): number | undefined =>
    typeof one === 'number' && one >= 0 ? one : undefined
  const [first, ...rest] = of.shape
  return { name: of.name, type: of.type, shaped: of.shape.length > 0, cases: size(first), sizes: rest.map(size) }
}

/** How the sizes of one case read: `30 numbers`, `3 x 224 x 224 numbers`. */
export function sizesText({ type, sizes, shaped }: Port): string {
  const unit = type === 'string' ? 'text' : 'number'
  if (!shaped) return `${unit}s`
  if (sizes.every((size) => size === 1)) return `one ${unit}`
  return `${sizes.map((size) => size ?? 'any').join(' x ')} ${unit}s`
}
