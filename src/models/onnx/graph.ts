/** What the file of a model says that its runtime does not tell. */
export interface Graph {
  /** The classes that its scores stand for, in their order; undefined where the file names none, or several lists. */
  readonly classes: readonly (string | number)[] | undefined
  /** Files beside it that hold its weights. */
  readonly weights: readonly string[]
}

/** Numbers of fields in onnx.proto3. */
const field = {
  model: { graph: 7 },
  graph: { node: 1, initializer: 5 },
  node: { attribute: 5 },
  attribute: { name: 1, ints: 8, strings: 9 },
  tensor: { externalData: 13 },
  entry: { key: 1, value: 2 },
} as const

/** Reads what is needed of an ONNX file; nothing where the bytes are none. */
export function readGraph(bytes: Uint8Array): Graph {
  const lists = new Map<string, readonly (string | number)[]>()
  const weights = new Set<string>()
  try {
    for (const graph of within(bytes, field.model.graph)) {
      for (const node of within(graph, field.graph.node))
        for (const attribute of within(node, field.node.attribute)) {
          const [name = new Uint8Array()] = within(attribute, field.attribute.name)
          if (!text(name).startsWith('classlabels_')) continue
          const list = [...within(attribute, field.attribute.strings)].map(text)
          const classes = list.length > 0 ? list : numbersIn(attribute, field.attribute.ints)
          if (classes.length > 0) lists.set(JSON.stringify(classes), classes)
        }
      for (const tensor of within(graph, field.graph.initializer))
        for (const entry of within(tensor, field.tensor.externalData)) {
          const [key = new Uint8Array()] = within(entry, field.entry.key)
          const [value = new Uint8Array()] = within(entry, field.entry.value)
          if (text(key) === 'location') weights.add(text(value))
        }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // It is no ONNX file, which the runtime says better.
  }
  const [classes] = lists.size === 1 ? [...lists.values()] : []
  return { classes, weights: [...weights] }
}

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

interface Field {
  readonly number: number
  /** A number, or the bytes of a text or message. */
  readonly value: number | Uint8Array
}

/** The fields of a protocol buffer message. Throws a RangeError where the bytes are none. */
function* fields(bytes: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0n
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++]
      if (byte === undefined || shift > 63n) throw new RangeError('no protocol buffer')
      value |= BigInt(byte & 0x7f) << shift
      if (byte < 0x80) return Number(BigInt.asIntN(64, value))
    }
  }
  while (at < bytes.length) {
    const tag = varint()
    const [number, wire] = [Math.floor(tag / 8), tag % 8]
    if (wire === 0) {
      yield { number, value: varint() }
      continue
    }
    const length = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : -1
    if (length < 0 || at + length > bytes.length) throw new RangeError('no protocol buffer')
    yield { number, value: bytes.subarray(at, at + length) }
    at += length
  }
}

function* within(bytes: Uint8Array, wanted: number): Generator<Uint8Array> {
  for (const { number, value } of fields(bytes)) if (number === wanted && typeof value !== 'number') yield value
}

/** Whole numbers, one a field or packed in one. */
function numbersIn(bytes: Uint8Array, wanted: number): number[] {
  const numbers: number[] = []
  for (const { number, value } of fields(bytes)) {
    if (number !== wanted) continue
    if (typeof value === 'number') numbers.push(value)
    else numbers.push(...packed(value))
  }
  return numbers
}

function packed(bytes: Uint8Array): number[] {
  // As fields of a message each number would have a tag before it.
  const tagged = new Uint8Array(bytes.length * 2)
  let length = 0
  let starts = true
  for (const byte of bytes) {
    if (starts) tagged[length++] = 8
    tagged[length++] = byte
    starts = byte < 0x80
  }
  return [...fields(tagged.subarray(0, length))].map(({ value }) => value as number)
}
