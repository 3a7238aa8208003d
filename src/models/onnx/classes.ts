import { field } from './fields.ts'
import { numbersIn, textsIn, within } from './protobuf.ts'

/** Labels in the order of their scores. */
export type Classes = readonly (string | number)[]

/** What leaves labels as they are, and scores in their order. */
const passing = new Set(['Identity', 'Cast', 'Reshape', 'Squeeze', 'Unsqueeze', 'Flatten', 'Normalizer', 'Mul'])
/** What picks labels of a list. */
const picking = new Set(['ArrayFeatureExtractor', 'Gather'])

interface Node {
  readonly kind: string
  readonly inputs: readonly string[]
  readonly bytes: Uint8Array
}

/**
 * The classes that each output of a graph names or scores. They are those of the operator, or of the list of labels, that it
 * comes from: an ensemble has members whose classes are places in that list.
 */
export function classesOf(graph: Uint8Array): ReadonlyMap<string, Classes> {
  const makers = new Map<string, Node>()
  for (const bytes of within(graph, field.graph.node)) {
    const [kind = ''] = textsIn(bytes, field.node.kind)
    const node = { kind, inputs: textsIn(bytes, field.node.input), bytes }
    for (const output of textsIn(bytes, field.node.output)) makers.set(output, node)
  }
  const constants = new Map<string, Uint8Array>()
  for (const tensor of within(graph, field.graph.initializer))
    for (const name of textsIn(tensor, field.tensor.name)) constants.set(name, tensor)
  const origin = (name: string): Classes | undefined => {
    // A graph without circles is left after as many steps as it has nodes.
    for (let steps = 0; steps <= makers.size; steps++) {
      const node = makers.get(name)
      if (!node) return undefined
      const own = declared(node)
      if (own) return own
      const [from = ''] = node.inputs
      if (picking.has(node.kind)) {
        const list = constants.get(from) ?? constantOf(makers.get(from))
        return list && labelsIn(list)
      }
      if (!passing.has(node.kind)) return undefined
      name = from
    }
    return undefined
  }
  const outputs = [...within(graph, field.graph.output)].flatMap((one) => textsIn(one, field.valueInfo.name))
  return new Map(
    outputs.flatMap((name) => {
      const classes = origin(name)
      return classes ? [[name, classes] as const] : []
    }),
  )
}

/** The classes that a classifier says it has. */
function declared({ bytes }: Node): Classes | undefined {
  for (const attribute of within(bytes, field.node.attribute)) {
    if (!textsIn(attribute, field.attribute.name)[0]?.startsWith('classlabels_')) continue
    const texts = textsIn(attribute, field.attribute.strings)
    const classes = texts.length > 0 ? texts : numbersIn(attribute, field.attribute.ints)
    if (classes.length > 0) return classes
  }
  return undefined
}

function constantOf(node: Node | undefined): Uint8Array | undefined {
  if (node?.kind !== 'Constant') return undefined
  const [tensor] = [...within(node.bytes, field.node.attribute)].flatMap((one) => [
    ...within(one, field.attribute.tensor),
  ])
  return tensor
}

/** Numbers of the types of elements in onnx.proto3. */
const [FLOAT, INT32, INT64, STRING, DOUBLE] = [1, 6, 7, 8, 11]

/** The labels that a tensor lists; undefined where its values are none. */
function labelsIn(tensor: Uint8Array): Classes | undefined {
  const [type] = numbersIn(tensor, field.tensor.type)
  const [raw] = within(tensor, field.tensor.raw)
  const labels =
    type === STRING
      ? textsIn(tensor, field.tensor.strings)
      : type === INT64
        ? raw
          ? unpacked(raw, 8, (view, at) => Number(view.getBigInt64(at, true)))
          : numbersIn(tensor, field.tensor.int64s)
        : type === INT32
          ? raw
            ? unpacked(raw, 4, (view, at) => view.getInt32(at, true))
            : numbersIn(tensor, field.tensor.int32s)
          : type === FLOAT
            ? [...(raw ? [raw] : within(tensor, field.tensor.floats))].flatMap((some) =>
                unpacked(some, 4, (view, at) => view.getFloat32(at, true)),
              )
            : type === DOUBLE && raw
              ? unpacked(raw, 8, (view, at) => view.getFloat64(at, true))
              : []
  const isList = labels.length > 0 && new Set<unknown>(labels).size === labels.length
  return isList && labels.every((one) => typeof one === 'string' || Number.isSafeInteger(one)) ? labels : undefined
}

function unpacked(bytes: Uint8Array, width: number, read: (view: DataView, at: number) => number): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: Math.floor(bytes.length / width) }, (_, i) => read(view, i * width))
}
