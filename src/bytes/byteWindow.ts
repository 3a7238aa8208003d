const START = 2 * 1024 ** 2

/** Bytes that come in chunk by chunk, as one stretch that moves on and grows with what does not fit. */
export class ByteWindow {
  /** The stretch, `end` bytes long; the byte after it is the one that was asked for. */
  bytes: Buffer = Buffer.allocUnsafe(START)
  end = 0
  /** Nothing comes after the stretch. */
  last = false
  private readonly chunks: AsyncIterator<Uint8Array>
  private readonly after: number

  constructor(chunks: AsyncIterable<Uint8Array>, after: number) {
    this.chunks = chunks[Symbol.asyncIterator]()
    this.after = after
    this.bytes[0] = after
  }

  /** Lets go of the bytes before `from` and adds at least as many as are left, if there are any. */
  async next(from: number): Promise<void> {
    const rest = Math.max(0, this.end - from)
    this.bytes.copyWithin(0, from, this.end)
    this.end = rest
    do {
      const { value, done } = await this.chunks.next()
      if (done) this.last = true
      else this.add(value)
    } while (!this.last && this.end < 2 * rest)
    this.bytes[this.end] = this.after
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.chunks.return?.()
  }

  private add(chunk: Uint8Array): void {
    const end = this.end + chunk.length
    if (end >= this.bytes.length) {
      const larger = Buffer.allocUnsafe(2 * (end + 1))
      this.bytes.copy(larger, 0, 0, this.end)
      this.bytes = larger
    }
    this.bytes.set(chunk, this.end)
    this.end = end
  }
}
