import { AssayError, nearest, nearestHint, textOf, wrongArgument } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { described, numberOf } from '../value.ts'
import { halfOf, numberOfHalf } from './halves.ts'
import type { OnnxOptions } from './onnxOptions.ts'
import { type Port, type Session, sizesText } from './session.ts'
import { quoted } from '../../words/text/quoted.ts'

/** Values of one case for one input of the model: flat, with their sizes. */
export interface FilledTensor {
  readonly port: Port
  readonly data: readonly (number | bigint | string)[]
  readonly dims: readonly number[]
}

/** Why a case cannot be asked, in words. */
export class Unfit extends Error {}

type Features = NonNullable<OnnxOptions['features']>

/** Which fields of a record each input of the model is made of; held to the inputs that the model has. */
export function featuresOf(session: Session, features: Features | undefined): ReadonlyMap<string, readonly string[]> {
  if (features === undefined) return new Map()
  const names = session.inputs.map(({ name }) => name)
  const wrong = wrongArgument('onnx():')
  if (Array.isArray(features) && names.length !== 1)
    throw wrong(
      `the model has the inputs ${quoted(names)}, and features is one list`,
      `say which fields make which input: { ${JSON.stringify(names[0])}: ['…'] }`,
    )
  const of = new Map(
    Array.isArray(features)
      ? [[names[0] as string, features as readonly string[]]]
      : Object.entries(features as Readonly<Record<string, readonly string[]>>),
  )
  for (const [name, fields] of of) {
    const port = session.inputs.find((one) => one.name === name)
    if (!port) {
      throw wrong(
        `the model has no input ${JSON.stringify(name)}`,
        nearestHint(name, names, `its inputs are ${quoted(names)}`),
      )
    }
    const size = port.sizes.at(-1)
    if (size !== undefined && size !== fields.length)
      throw wrong(
        `the input ${JSON.stringify(name)} takes ${sizesText(port)}, and features names ${fields.length}`,
        'name all fields, in the order in which the model was trained',
      )
  }
  return of
}

/** The tensors of one case. Throws `Unfit` for an input that the model cannot take, an AssayError where it takes no such. */
export function filledFrom(
  input: unknown,
  session: Session,
  features: ReadonlyMap<string, readonly string[]>,
): readonly FilledTensor[] {
  const [only] = session.inputs
  if (!isPlainObject(input)) {
    if (session.inputs.length === 1 && only) return [fill(only, input)]
    throw new AssayError(
      'wrong-argument',
      `onnx(): the model has the inputs ${quoted(session.inputs.map(({ name }) => name))}, and was given ${described(input)}`,
      { hint: 'give records with a field for each, or say input: (value) => ({ … })' },
    )
  }
  const wide = session.inputs.length === 1 && only && only.sizes.some((size) => size !== 1)
  if (wide && features.size === 0 && !Object.hasOwn(input, only.name))
    throw new AssayError(
      'wrong-argument',
      `onnx(): the model takes ${sizesText(only)} as ${JSON.stringify(only.name)}, and was given a record`,
      { hint: 'name its fields in the order in which the model was trained: { features: ["…", "…"] }' },
    )
  const read = new Set(session.inputs.flatMap(({ name }) => features.get(name) ?? [name]))
  return session.inputs.map((port) => {
    const fields = features.get(port.name)
    return fields
      ? fill(
          port,
          fields.map((name) => own(input, name, read)),
          fields,
        )
      : fill(port, own(input, port.name, read))
  })
}

/** How skl2onnx writes the name of a column. */
const written = (name: string): string => name.replace(/[^A-Za-z0-9_]/g, '_')

/** The field of a record; `read` are all that the model reads. */
function own(record: Readonly<Record<string, unknown>>, name: string, read: ReadonlySet<string>): unknown {
  if (Object.hasOwn(record, name) && record[name] !== undefined) return record[name]
  const [alike, ...others] = Object.keys(record).filter((one) => one !== name && written(one) === name)
  if (alike !== undefined && others.length === 0 && record[alike] !== undefined) return record[alike]
  const near = nearest(
    name,
    Object.keys(record).filter((one) => !read.has(one) && !read.has(written(one))),
  )
  throw new Unfit(
    `has no field ${JSON.stringify(name)}, which the model reads${near === undefined ? '' : `: is it ${JSON.stringify(near)}?`}`,
  )
}

function fill(port: Port, value: unknown, fields?: readonly string[]): FilledTensor {
  const { sizes, shaped, name } = port
  const tensor = tensorLike(value)
  const dims = tensor ? [...tensor.dims] : dimsOf(value)
  const values = tensor
    ? Array.from(tensor.data)
    : Array.isArray(value) || ArrayBuffer.isView(value)
      ? flat(value)
      : [value]
  const all = dims.reduce((product, size) => product * size, 1)
  if (values.length !== all) throw new Unfit(`has lists of different lengths as ${JSON.stringify(name)}`)
  const known = sizes.reduce<number>((product, size) => product * (size ?? Number.NaN), 1)
  const fits = dims.length === sizes.length && sizes.every((size, i) => size === undefined || size === dims[i])
  const shape = !shaped || fits ? dims : known === all && dims.length <= 1 ? (sizes as readonly number[]) : undefined
  if (shape === undefined)
    throw new Unfit(
      `has ${dims.length === 0 ? 'one value' : `${dims.join(' x ')} values`} as ${JSON.stringify(name)}, which takes ${sizesText(port)}`,
    )
  return {
    port,
    dims: shape,
    data: values.map((one, i) => element(one, port, fields?.[i] ?? name)),
  }
}

interface TensorLike {
  readonly data: ArrayLike<unknown>
  readonly dims: readonly number[]
}

function tensorLike(value: unknown): TensorLike | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || ArrayBuffer.isView(value)) return undefined
  const { data, dims } = value as Partial<TensorLike>
  return data !== undefined && Array.isArray(dims) ? { data, dims: dims as readonly number[] } : undefined
}

function dimsOf(value: unknown): number[] {
  if (ArrayBuffer.isView(value)) return [(value as unknown as ArrayLike<unknown>).length]
  return Array.isArray(value) ? [value.length, ...(value.length > 0 ? dimsOf(value[0]) : [])] : []
}

function flat(value: unknown): unknown[] {
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>)
  return Array.isArray(value) ? value.flatMap(flat) : [value]
}

const ranges: Readonly<Record<string, readonly [bigint, bigint]>> = {
  int8: [-128n, 127n],
  uint8: [0n, 255n],
  int16: [-32_768n, 32_767n],
  uint16: [0n, 65_535n],
  int32: [-2_147_483_648n, 2_147_483_647n],
  uint32: [0n, 4_294_967_295n],
  int64: [-(2n ** 63n), 2n ** 63n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
}

/** A value as an element of a tensor. A missing one is NaN, where the type has it; a text may write a number, as cells do. */
function element(value: unknown, { type }: Port, name: string): number | bigint | string {
  const shown = JSON.stringify(name)
  const wrong = (what: string): Unfit => new Unfit(`has ${what} as ${shown}, which takes ${type}`)
  if (type === 'string') {
    if (typeof value === 'string') return value
    throw wrong(value === null ? 'no value' : described(value))
  }
  const real = type.startsWith('float')
  if (value === null || value === '') {
    if (real) return Number.NaN
    throw wrong('no value')
  }
  if (type === 'bool') {
    const bit = typeof value === 'string' ? { true: 1, false: 0 }[value.toLowerCase()] : Number(value)
    if (bit === 0 || bit === 1) return bit
    throw wrong(textOf(value))
  }
  const number = typeof value === 'string' ? numberOf(value) : typeof value === 'boolean' ? Number(value) : value
  if (typeof number !== 'number' && typeof number !== 'bigint') throw wrong(described(value))
  if (real) {
    const held = heldAs(type, Number(number))
    if (Number.isFinite(Number(number)) && !Number.isFinite(held)) throw wrong(`${number}, which is too large,`)
    return Number(number)
  }
  const range = ranges[type]
  if (!range) throw new Unfit(`cannot be asked: ${shown} takes ${type}, which is not supported`)
  if (typeof number === 'number' && !Number.isInteger(number)) throw wrong(String(number))
  const whole = BigInt(number)
  if (whole < range[0] || whole > range[1]) throw wrong(`${number}, which is out of range,`)
  return type.endsWith('64') ? whole : Number(whole)
}

/** The number as its type holds it. */
function heldAs(type: string, number: number): number {
  if (type === 'float16') return numberOfHalf(halfOf(number))
  return type === 'float32' ? Math.fround(number) : number
}

const arrays = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
} as const

/** Cases of the same sizes as one tensor for each input, padded with the last one to so many. */
export function stacked(session: Session, cases: readonly (readonly FilledTensor[])[], size: number) {
  return Object.fromEntries(
    session.inputs.map(({ name, type }, place) => {
      const filled = Array.from({ length: size }, (_, i) => (cases[i] ?? cases.at(-1))?.[place] as FilledTensor)
      const data = filled.flatMap((one) => one.data)
      const Typed = arrays[type as keyof typeof arrays]
      const whole =
        type === 'string'
          ? data
          : type === 'int64'
            ? BigInt64Array.from(data as bigint[])
            : type === 'uint64'
              ? BigUint64Array.from(data as bigint[])
              : type === 'float16'
                ? Uint16Array.from(data as number[], halfOf)
                : Typed.from(data as number[])
      return [name, session.tensor(type, whole, [size, ...(filled[0]?.dims ?? [])])]
    }),
  )
}
