/** Numbers of fields in onnx.proto3. */
export const field = {
  model: { graph: 7 },
  graph: { node: 1, initializer: 5, output: 12 },
  valueInfo: { name: 1 },
  node: { input: 1, output: 2, kind: 4, attribute: 5 },
  attribute: { name: 1, tensor: 5, ints: 8, strings: 9 },
  tensor: { type: 2, floats: 4, int32s: 5, strings: 6, int64s: 7, name: 8, raw: 9, externalData: 13 },
  entry: { key: 1, value: 2 },
} as const
