import { isUtf8 } from 'node:buffer'
import { AssayError } from '../../errors.ts'
import { characterEnd } from '../../bytes/bytes.ts'
import { checkLength, decoded, LONGEST } from '../lines/lines.ts'
import { checkAround, whyNotAround } from './jsonAround.ts'
import { CLOSE_LIST, COMMA, LINE_FEED, OPEN, OPEN_LIST } from './jsonBytes.ts'
import { type JsonListener, type JsonPass, tellProblem } from './jsonPass.ts'
import type { JsonShape } from './jsonShape.ts'
import { JsonWalk } from './jsonWalk.ts'

/** Passes over the records of a JSON file. Throws an AssayError where its brackets don't match. */
export async function passDocument(
  file: string,
  chunks: AsyncIterable<Uint8Array>,
  shape: JsonShape,
  pass: JsonPass,
  listener: JsonListener,
): Promise<void> {
  const document = new DocumentPass(file, chunks, pass, listener)
  try {
    if (shape.kind === 'values') await document.records()
    else if (shape.kind === 'elements') await document.arrays()
    else await document.property(shape.name)
    await document.flush()
  } finally {
    await document.close()
  }
}

/** How records ended: their array did, the file did, or the listener had enough. */
type End = 'array' | 'file' | 'enough'

/** Records are read where they may begin; whatever else is there is walked over to where the next may. */
class DocumentPass {
  /** The records of this stretch, as lines. */
  private readonly lines: Uint8Array[] = []
  private readonly walk: JsonWalk
  private readonly file: string
  private readonly pass: JsonPass
  private readonly listener: JsonListener
  /** Whether this stretch is UTF-8; undefined until that is looked at. */
  private readable: boolean | undefined
  /** The line of a comma that no record followed yet. */
  private comma: number | undefined

  constructor(file: string, chunks: AsyncIterable<Uint8Array>, pass: JsonPass, listener: JsonListener) {
    this.walk = new JsonWalk(file, chunks, pass.json, () => this.flush())
    this.file = file
    this.pass = pass
    this.listener = listener
  }

  close(): Promise<void> {
    return this.walk.close()
  }

  /** Writes the records of the stretch, which may change then. */
  async flush(): Promise<void> {
    this.readable = undefined
    const lines = this.lines.splice(0)
    if (lines.length > 0) await this.listener.write?.(Buffer.concat(lines))
  }

  /** The elements of an array, or of several one after another. */
  async arrays(): Promise<void> {
    const { walk } = this
    for (let byte = await walk.next(); byte >= 0; byte = await walk.next()) {
      if (byte !== OPEN_LIST) throw this.behind()
      walk.enter()
      if ((await this.records()) !== 'array') return
      walk.leave()
    }
  }

  /** The elements of the array in a property of an object. */
  async property(name: string): Promise<void> {
    const { walk, file } = this
    walk.hold((length) => checkAround(length, file))
    await walk.next()
    for await (const member of walk.members()) {
      if (member.name !== name || member.first !== OPEN_LIST) continue
      walk.enter()
      const head = Buffer.from(walk.letGo())
      if ((await this.records()) !== 'array') return
      const { line } = walk
      walk.hold((length) => checkAround(head.length + length, file))
      if (!(await walk.skip(0))) return this.cut()
      if ((await walk.next()) >= 0) throw this.behind()
      const problem = whyNotAround(head, walk.letGo(), line)
      if (problem) tellProblem(problem, this.listener)
      return
    }
    throw new AssayError(
      'unreadable-file',
      `${JSON.stringify(file)} has no array in its property ${JSON.stringify(name)} any more: it changed while it was read`,
      { hint: 'write a file of another name, and rename it when it is whole' },
    )
  }

  /** The records from here on, whatever they are. */
  async records(): Promise<End> {
    const { walk } = this
    const depth = walk.open.length
    this.comma = undefined
    for (;;) {
      const byte = this.read()
      if (byte === undefined) return 'enough'
      if (byte < 0) {
        if (await walk.more()) continue
        this.cut()
        return 'file'
      }
      if (depth > 0 && byte === COMMA) {
        this.tell('a comma without a record before it')
        this.passComma()
      } else if (depth > 0 && byte === CLOSE_LIST) {
        if (this.comma !== undefined) this.tell('a comma without a record after it')
        return 'array'
      } else if (!(await this.noRecord(depth))) return 'file'
    }
  }

  /** Says which bracket is open where the file ends. */
  private cut(): void {
    const [first] = this.walk.open
    if (first !== undefined) this.tell(`the file ends before its ${JSON.stringify(String.fromCharCode(first))}`)
  }

  private behind(): Error {
    return this.walk.unreadable('something stands after the end of its first value')
  }

  private tell(problem: string): void {
    tellProblem({ line: this.walk.line, text: '', problem }, this.listener)
  }

  private passComma(): void {
    this.comma = this.walk.line
    this.walk.at++
  }

  /** What stands where a record may begin, and is none; false where the file ends with it. */
  private async noRecord(depth: number): Promise<boolean> {
    const { walk, file } = this
    const { line } = walk
    this.comma = undefined
    walk.hold((length) => checkLength(length, line, file))
    const ends = await walk.skip(depth)
    const bytes = walk.letGo()
    if (!ends && walk.open.length > depth) {
      const problem = `the file ends in line ${walk.line}, inside this record`
      tellProblem({ line, text: bytes.toString('utf8', 0, 80), problem }, this.listener)
      return false
    }
    tellProblem(decoded(bytes, line, file), this.listener)
    if (!ends) this.cut()
    else if (depth > 0 && walk.window.bytes[walk.at] === COMMA) this.passComma()
    return ends
  }

  /**
   * Reads the records of the stretch. Returns the byte where it stands and none begins, -1 where the stretch ends (or a
   * record may go on behind it), undefined where the listener had enough.
   */
  private read(): number | undefined {
    const { walk, pass, listener } = this
    const { json, keys } = pass
    const { bytes, end, last } = walk.window
    const inList = walk.open.length > 0
    const whole = bytes.subarray(0, end)
    const readable = (this.readable ??= isUtf8(last ? whole : whole.subarray(0, characterEnd(whole))))
    /** Where the lines begin that are not in `lines` yet, or -1. */
    let run = -1
    let { at, line } = walk
    const stop = (result: number | undefined): number | undefined => {
      if (run >= 0) this.lines.push(bytes.subarray(run, at), lineEnd)
      walk.at = at
      walk.line = line
      return result
    }
    for (;;) {
      json.feeds = 0
      at = json.space(at)
      line += json.feeds
      if (at === end) return stop(-1)
      json.feeds = 0
      const start = at
      const after = bytes[start] === OPEN ? keys.read(start) : json.no(start)
      const inside = json.feeds
      const next = after < 0 ? json.stop : json.space(after)
      if (next >= end && !last && (after < 0 || inList) && end - start <= LONGEST) return stop(-1)
      const comma = inList && bytes[next] === COMMA
      if (after < 0 || (inList && !comma && bytes[next] !== CLOSE_LIST && next !== end)) return stop(bytes[start])
      if (readable || isUtf8(bytes.subarray(start, after))) {
        pass.keep(after - start)
        if (listener.record(line)) return undefined
        if (inside > 0) for (let i = start; i < after; i++) if (bytes[i] === LINE_FEED) bytes[i] = SPACE
        if (run < 0) run = start
        if (comma) bytes[next] = LINE_FEED
        else if (next > after) bytes[after] = LINE_FEED
        else {
          this.lines.push(bytes.subarray(run, after), lineEnd)
          run = -1
        }
      } else {
        if (run >= 0) this.lines.push(bytes.subarray(run, start), lineEnd)
        run = -1
        tellProblem(decoded(bytes.subarray(start, inList ? next : after), line, this.file), listener)
      }
      line += json.feeds
      this.comma = comma ? line : undefined
      at = comma ? next + 1 : next
    }
  }
}

const SPACE = 32
const lineEnd = Uint8Array.of(LINE_FEED)
