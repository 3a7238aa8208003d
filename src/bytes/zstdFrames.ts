import { AssayError } from '../errors.ts'

/** The largest window that is read: what `zstd -d` reads without being told to use more memory. */
const LARGEST_WINDOW = 128 * 1024 ** 2
const LARGEST_BLOCK = 128 * 1024
const MAGIC = 0xfd2fb528

/**
 * Walks over the headers of Zstandard frames and blocks in bytes that come in piece by piece, and throws where they
 * claim more memory than the format or we allow: the decompressor takes its headers for granted.
 */
export class ZstdFrames {
  /** The most bytes that the frames so far unpack to: what their headers say, which is held to, else by their blocks. */
  bound = 0
  private readonly label: string
  private readonly largestWindow: number
  private head: number[] = []
  /** Bytes to pass over: a block, a checksum, a frame that holds no data. */
  private skip = 0
  private place: 'frame' | 'block' = 'frame'
  private window = 0
  private checksum = false
  /** The frame's header says what it unpacks to. */
  private sized = false

  constructor(label: string, largestWindow = LARGEST_WINDOW) {
    this.label = label
    this.largestWindow = largestWindow
  }

  /** Takes the next bytes. */
  check(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      if (this.skip > 0) {
        const passed = Math.min(this.skip, bytes.length - at)
        this.skip -= passed
        at += passed
        continue
      }
      this.head.push(bytes[at++] as number)
      if (this.place === 'frame' ? this.frame() : this.block()) this.head = []
    }
  }

  /** Whether the bytes so far are the whole header of a frame. What is no header is left to the decompressor. */
  private frame(): boolean {
    const { head } = this
    if (head.length < 5) return false
    const magic = this.number(0, 4)
    if (magic !== MAGIC) {
      if (head.length < 8) return false
      this.skip = (magic & 0xfffffff0) >>> 0 === 0x184d2a50 ? this.number(4, 4) : Number.POSITIVE_INFINITY
      return true
    }
    const flags = head[4] as number
    const single = (flags & 32) !== 0
    const dictionary = [0, 1, 2, 4][flags & 3] as number
    const sizes = [single ? 1 : 0, 2, 4, 8][flags >> 6] as number
    if (head.length < 5 + (single ? 0 : 1) + dictionary + sizes) return false
    const content = sizes === 0 ? 0 : this.number(head.length - sizes, sizes) + (sizes === 2 ? 256 : 0)
    this.sized = sizes > 0
    this.bound += content
    if (single) this.window = content
    else {
      const descriptor = head[5] as number
      const base = 2 ** (10 + (descriptor >> 3))
      this.window = base + (base / 8) * (descriptor & 7)
    }
    if (this.window > this.largestWindow) {
      throw this.refused(
        `wants ${Math.ceil(this.window / 1024 ** 2)} MB of memory at once, and at most ${this.largestWindow / 1024 ** 2} are given`,
        'compress it anew without --long and --ultra',
      )
    }
    this.checksum = (flags & 4) !== 0
    this.place = 'block'
    return true
  }

  private block(): boolean {
    if (this.head.length < 3) return false
    const header = this.number(0, 3)
    const size = header >> 3
    const repeated = ((header >> 1) & 3) === 1
    if (size > LARGEST_BLOCK) throw this.refused(`says that a block is ${size} bytes long`, 'get the file again')
    this.skip = repeated ? 1 : size
    const compressed = ((header >> 1) & 3) === 2
    if (!this.sized) this.bound += compressed ? LARGEST_BLOCK : size
    if ((header & 1) === 1) {
      this.skip += this.checksum ? 4 : 0
      this.place = 'frame'
    }
    return true
  }

  /** Little-endian. */
  private number(from: number, count: number): number {
    let value = 0
    for (let i = count - 1; i >= 0; i--) value = value * 256 + (this.head[from + i] as number)
    return value
  }

  private refused(what: string, hint: string): AssayError {
    return new AssayError('unreadable-file', `the Zstandard data of ${this.label} ${what}`, { hint })
  }
}
