type Api = typeof import('@duckdb/node-api')

interface TextVector {
  /** 16 bytes for each text, as the engine has it: the length in bytes, then the text or its first four bytes. */
  readonly dataView: DataView
  readonly itemCount: number
  getItem(index: number): string | null
  slice(offset: number, length: number): TextVector
}

/** Has a vector hand over texts with the byte order mark they begin with: the binding's decoder leaves it out. */
// `dataView` and what vectors hold vectors in are not documented API of the binding.
export function keepByteOrderMarks(vector: object, api: Api): void {
  if (vector instanceof api.DuckDBVarCharVector) return keepInTexts(vector as unknown as TextVector)
  for (const inner of Object.values(vector).flat())
    if (inner instanceof api.DuckDBVector) keepByteOrderMarks(inner, api)
}

function keepInTexts(vector: TextVector): void {
  const { dataView, itemCount } = vector
  let some = false
  for (let i = 0; i < itemCount && !some; i++) some = hasMark(dataView, i)
  if (!some) return
  const { getItem, slice } = vector
  vector.getItem = (index) => {
    const text = getItem.call(vector, index)
    return text !== null && hasMark(dataView, index) ? `\uFEFF${text}` : text
  }
  vector.slice = (offset, length) => {
    const part = slice.call(vector, offset, length)
    keepInTexts(part)
    return part
  }
}

/** Whether a text begins with the bytes EF BB BF. */
const hasMark = (texts: DataView, index: number): boolean =>
  (texts.getUint32(16 * index + 4, true) & 0xffffff) === 0xbfbbef && texts.getUint32(16 * index, true) >= 3
