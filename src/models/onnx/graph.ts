import { type Classes, classesOf } from './classes.ts'
import { field } from './fields.ts'
import { text, within } from './protobuf.ts'

/** What the file of a model says that its runtime does not tell. */
export interface Graph {
  /** The classes that an output names or scores, in their order, by its name; without those of which the file does not say it. */
  readonly classes: ReadonlyMap<string, Classes>
  /** Files beside it that hold its weights. */
  readonly weights: readonly string[]
}

/** Reads what is needed of an ONNX file; nothing where the bytes are none. */
export function readGraph(bytes: Uint8Array): Graph {
  let classes: Graph['classes'] = new Map()
  const weights = new Set<string>()
  try {
    for (const graph of within(bytes, field.model.graph)) {
      classes = classesOf(graph)
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
  return { classes, weights: [...weights] }
}
