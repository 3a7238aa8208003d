/** Counts a byte in a part of some bytes, four at a time; several times faster than one at a time. */
export class ByteCounter {
  private readonly bytes: Uint8Array
  private readonly words: Int32Array
  private readonly byte: number
  private readonly pattern: number

  constructor(bytes: Uint8Array, byte: number) {
    // Words start at multiples of four; bytes that don't are counted one by one.
    const aligned = bytes.byteOffset % 4 === 0
    this.bytes = bytes
    this.words = new Int32Array(bytes.buffer, aligned ? bytes.byteOffset : 0, aligned ? bytes.length >> 2 : 0)
    this.byte = byte
    this.pattern = byte * 0x01010101
  }

  /** How often the byte occurs from `from` up to (not including) `to`. */
  count(from: number, to: number): number {
    const { bytes, words, byte, pattern } = this
    let count = 0
    let i = from
    const whole = words.length === 0 ? from : Math.min(to, (from + 3) & ~3)
    for (; i < whole; i++) if (bytes[i] === byte) count++
    const last = Math.min(to >> 2, words.length)
    let word = i >> 2
    while (word < last) {
      // A lane counts the matches at one place of the word; four lanes of at most 63 make a sum under 256.
      const pause = Math.min(last, word + 63)
      let lanes = 0
      for (; word < pause; word++) {
        const x = (words[word] as number) ^ pattern
        lanes += (~(((x & 0x7f7f7f7f) + 0x7f7f7f7f) | x) & 0x80808080) >>> 7
      }
      count += Math.imul(lanes, 0x01010101) >>> 24
      i = word << 2
    }
    for (; i < to; i++) if (bytes[i] === byte) count++
    return count
  }
}
