import type { ArrowData } from './arrowCells.ts'

/**
 * What Arrow data is: how it is to be read, and the bytes it is read from, each stretch once, however many batches share
 * it. They are the bytes themselves, which whoever made them may still write to.
 */
export function arrowParts(data: readonly ArrowData[]): readonly unknown[] {
  const stretches: ArrayBufferView[] = []
  const places = new Map<ArrayBufferLike, Map<string, number>>()
  const placeOf = (view: ArrayBufferView): number => {
    const own = places.get(view.buffer) ?? new Map<string, number>()
    places.set(view.buffer, own)
    const key = `${view.byteOffset} ${view.byteLength}`
    const place = own.get(key) ?? stretches.push(view) - 1
    own.set(key, place)
    return place
  }
  // A table without batches has one of nothing, whose columns are not there.
  const look = (part: ArrowData | undefined): unknown =>
    part && [
      String(part.type),
      part.length,
      part.offset,
      part.nullCount,
      ...[part.values, part.nullBitmap, part.valueOffsets, part.typeIds, ...(part.variadicBuffers ?? [])].map(
        (values) => (ArrayBuffer.isView(values) ? placeOf(values) : values),
      ),
      (part.children ?? []).map(look),
      (part.dictionary?.data ?? []).map(look),
    ]
  return [data.map(look), stretches]
}
