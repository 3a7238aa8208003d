import { isUtf8 } from 'node:buffer'
import { characterEnd, utf8Bytes } from '../../bytes/bytes.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { ByteWindow } from '../../bytes/byteWindow.ts'
import { CLOSE_LIST, COMMA, LINE_FEED, OPEN } from './jsonBytes.ts'
import { JsonCutter } from './jsonCutter.ts'
import { type JsonListener, type JsonPass, tellProblem } from './jsonPass.ts'
import { JsonScanner } from './jsonScanner.ts'
import type { JsonShape } from './jsonShape.ts'
import { decoded, LONGEST } from '../lines/lines.ts'

/** Passes over the records of a JSON file. Throws an AssayError where its brackets don't match. */
export async function passDocument(
  { file, path }: NamedFile,
  shape: JsonShape,
  pass: JsonPass,
  listener: JsonListener,
  signal?: AbortSignal,
): Promise<void> {
  const window = new ByteWindow(utf8Bytes(path, signal, file), 0)
  const document = new DocumentPass(file, shape, pass, listener)
  try {
    let at = 0
    while (!window.last) {
      await window.next(at)
      at = document.take(window)
      if (at < 0) return
      const lines = document.lines.splice(0)
      if (listener.write) await listener.write(Buffer.concat(lines))
    }
    document.finish()
  } finally {
    await window.close()
  }
}

/** Records are read where they may begin; whatever else is there goes through the cutter, which knows a record's end. */
class DocumentPass {
  /** The records of the last stretch, as lines. */
  readonly lines: Uint8Array[] = []
  private readonly scanner = new JsonScanner()
  private readonly cutter: JsonCutter
  private readonly file: string
  private readonly oneAfterAnother: boolean
  private readonly pass: JsonPass
  private readonly listener: JsonListener

  constructor(file: string, shape: JsonShape, pass: JsonPass, listener: JsonListener) {
    this.file = file
    this.cutter = new JsonCutter(file, shape)
    this.oneAfterAnother = shape.kind === 'values'
    this.pass = pass
    this.listener = listener
  }

  /** Takes a stretch and returns where what has to be seen again begins, or -1 when the listener stops. */
  take(window: ByteWindow): number {
    const { scanner, cutter, pass, listener, oneAfterAnother } = this
    const { json, keys } = pass
    const { bytes, end, last } = window
    const whole = bytes.subarray(0, end)
    const readable = isUtf8(last ? whole : whole.subarray(0, characterEnd(whole)))
    json.bytes = bytes
    /** Where the lines begin that are not in `lines` yet, or -1. */
    let run = -1
    let at = 0
    const cut = (to: number): void => {
      if (run >= 0) this.lines.push(bytes.subarray(run, to), lineEnd)
      run = -1
    }
    while (at < end) {
      if (cutter.between) {
        json.feeds = 0
        const start = json.space(at)
        scanner.line += json.feeds
        at = start
        if (start === end) break
        json.feeds = 0
        const after = bytes[start] === OPEN ? keys.read(start) : json.no(start)
        const inside = json.feeds
        const next = after < 0 ? json.stop : json.space(after)
        if (next >= end && !last && (after < 0 || !oneAfterAnother) && end - start <= LONGEST) {
          cut(start)
          return start
        }
        const comma = bytes[next] === COMMA && !oneAfterAnother
        if (after >= 0 && (comma || oneAfterAnother || bytes[next] === CLOSE_LIST || next === end)) {
          const line = scanner.line
          scanner.line += json.feeds
          cutter.skip(scanner.line, comma)
          if (readable || isUtf8(bytes.subarray(start, after))) {
            pass.keep(after - start)
            if (listener.record(line)) return -1
            if (inside > 0) for (let i = start; i < after; i++) if (bytes[i] === LINE_FEED) bytes[i] = SPACE
            if (run < 0) run = start
            if (comma) bytes[next] = LINE_FEED
            else if (next > after) bytes[after] = LINE_FEED
            else cut(after)
          } else {
            cut(start)
            tellProblem(decoded(bytes.subarray(start, oneAfterAnother ? after : next), line, this.file), listener)
          }
          at = comma ? next + 1 : next
          continue
        }
        cut(start)
      }
      at = scanner.feed(bytes, at, end, (token) => cutter.take(token, bytes))
      this.tell()
    }
    cut(end)
    cutter.endOfChunk(whole)
    return end
  }

  /** Says what is left where the file ends. */
  finish(): void {
    this.cutter.finish(this.scanner.line)
    this.tell()
  }

  private tell(): void {
    for (const text of this.cutter.out.splice(0)) tellProblem(text, this.listener)
  }
}

const SPACE = 32
const lineEnd = Uint8Array.of(LINE_FEED)
