import { ByteWindow } from '../../bytes/byteWindow.ts'
import { AssayError } from '../../errors.ts'
import { countText } from '../../words/text/numbers.ts'
import { checkLength } from '../lines/lines.ts'
import {
  CLOSE,
  CLOSE_LIST,
  COLON,
  COMMA,
  type JsonBytes,
  LINE_FEED,
  nameOf,
  OPEN,
  OPEN_LIST,
  QUOTE,
} from './jsonBytes.ts'

/** A record that is too deep is a finding; a file of more levels than this is no table. */
const DEEPEST_FILE = 1_000_000

const marks = new Uint8Array(256)
for (const mark of [OPEN, CLOSE, OPEN_LIST, CLOSE_LIST, COMMA, QUOTE, LINE_FEED]) marks[mark] = 1

/** What is held of the bytes that were walked over. */
interface Hold {
  /** The first of them, counted from the beginning of the file. */
  readonly from: number
  /** Throws for too many. */
  readonly check: (length: number) => void
}

/** A member of an object: its name, and the first byte of its value, which is where the walk stands. */
export interface JsonMember {
  readonly name: string
  readonly first: number
}

/**
 * A place in a JSON file that comes in chunk by chunk. It moves on over whatever stands there, valid or not: only brackets
 * must match. What is passed over is let go of, unless it is held.
 */
export class JsonWalk {
  readonly window: ByteWindow
  /** Where it stands in the stretch that is there. */
  at = 0
  /** The physical line of that. */
  line = 1
  /** What closes the brackets that are open, the outermost first. */
  readonly open: number[] = []
  private readonly json: JsonBytes
  private readonly file: string
  /** Whether it stands inside a string. */
  private quoted = false
  /** How many bytes of the file came before the stretch. */
  private before = 0
  private held: Hold | undefined
  private readonly leaves: () => Promise<void> | void

  /** `leaves` is called before bytes of the stretch change. */
  constructor(
    file: string,
    chunks: AsyncIterable<Uint8Array>,
    json: JsonBytes,
    leaves: () => Promise<void> | void = () => {},
  ) {
    this.file = file
    this.window = new ByteWindow(chunks, 0)
    this.json = json
    this.leaves = leaves
    json.bytes = this.window.bytes
  }

  /** Moves to the next byte that is no space, and returns it; -1 where the file ends. */
  async next(): Promise<number> {
    for (;;) {
      this.space()
      if (this.at < this.window.end) return this.json.bytes[this.at] as number
      if (!(await this.more())) return -1
    }
  }

  /** Passes over spaces, as far as the stretch goes. */
  space(): void {
    this.json.feeds = 0
    this.at = this.json.space(this.at)
    this.line += this.json.feeds
  }

  /** Goes into the list or object at whose bracket it stands. */
  enter(): void {
    if (this.open.length === DEEPEST_FILE)
      throw this.unreadable(`more than ${countText(DEEPEST_FILE, 'bracket')} are open at once`)
    this.open.push((this.json.bytes[this.at++] as number) + 2)
  }

  /** Goes out of the list or object at whose last bracket it stands. */
  leave(): void {
    const [bracket, due] = [this.json.bytes[this.at] as number, this.open.at(-1)]
    if (bracket !== due) {
      const why = due === undefined ? 'that closes nothing' : `where a ${shown(due)} is due`
      throw this.unreadable(`there is a ${shown(bracket)} ${why}`)
    }
    this.open.pop()
    this.at++
  }

  /**
   * Moves on to the comma or bracket that ends what stands inside `depth` brackets, or behind the bracket that leaves none
   * open where `depth` is 0. False where the file ends before.
   */
  async skip(depth: number): Promise<boolean> {
    for (;;) {
      this.json.feeds = 0
      if (this.over(depth)) return true
      if (await this.more()) continue
      this.at = this.window.end
      return false
    }
  }

  /** The members of the object at whose bracket it stands, until its end; whoever takes one may move on inside its value. */
  async *members(): AsyncGenerator<JsonMember> {
    this.enter()
    const depth = this.open.length
    for (let byte = await this.next(); byte >= 0 && byte !== CLOSE; byte = await this.next()) {
      const name = byte === QUOTE ? await this.name() : undefined
      if (name !== undefined && (await this.next()) === COLON) {
        this.at++
        const first = await this.next()
        if (first >= 0 && first !== COMMA && first !== CLOSE) yield { name, first }
      }
      if (!(await this.skip(depth))) return
      if (this.json.bytes[this.at] === COMMA) this.at++
    }
    if (this.at < this.window.end) this.leave()
  }

  /** Holds the bytes from here on. */
  hold(check: (length: number) => void): void {
    this.held = { from: this.before + this.at, check }
  }

  /** The bytes from where they are held to here, and no longer: they change with the stretch. */
  letGo(): Buffer {
    const { from = this.before + this.at } = this.held ?? {}
    this.held = undefined
    return this.window.bytes.subarray(from - this.before, this.at)
  }

  /** Goes on to the next stretch; false where there is none. */
  async more(): Promise<boolean> {
    if (this.window.last) return false
    await this.leaves()
    const from = this.held ? this.held.from - this.before : this.at
    this.held?.check(this.window.end - from)
    await this.window.next(from)
    this.before += from
    this.at -= from
    this.json.bytes = this.window.bytes
    return true
  }

  /** Lets go of the file before its end. */
  async close(): Promise<void> {
    await this.window.close()
  }

  unreadable(what: string): AssayError {
    return new AssayError(
      'unreadable-file',
      `${JSON.stringify(this.file)} is no valid JSON: in line ${this.line} ${what}`,
      { hint: 'see whether the file was cut, or put together from several ones' },
    )
  }

  /** What the string spells that begins here, as it stands where that is nothing; undefined where the file ends in it. */
  private async name(): Promise<string | undefined> {
    const outer = this.held
    const { line } = this
    const from = this.before + this.at
    this.held ??= { from, check: (length) => checkLength(length, line, this.file) }
    this.quoted = true
    this.at++
    while (!this.string()) if (!(await this.more())) return undefined
    this.held = outer
    const spelled = this.window.bytes.subarray(from - this.before + 1, this.at - 1)
    try {
      return nameOf(spelled)
    } catch {
      return spelled.toString('utf8')
    }
  }

  /** Goes on inside a string; whether it ends in the stretch. */
  private string(): boolean {
    this.json.feeds = 0
    const end = this.json.quoted(this.at, this.window.end)
    this.line += this.json.feeds
    this.at = end < 0 ? this.json.stop : end
    this.quoted = end < 0
    return end >= 0
  }

  /** `skip` as far as the stretch goes. */
  private over(depth: number): boolean {
    const { open } = this
    const { bytes, end } = this.window
    while (this.at < end) {
      if (this.quoted && !this.string()) return false
      let { at } = this
      while (at < end && marks[bytes[at] as number] === 0) at++
      this.at = at
      if (at === end) return false
      const mark = bytes[at]
      if (mark === OPEN || mark === OPEN_LIST) this.enter()
      else if (mark === CLOSE || mark === CLOSE_LIST) {
        if (depth > 0 && open.length === depth && mark === open[depth - 1]) return true
        this.leave()
        if (open.length === 0 && depth === 0) return true
      } else if (mark === COMMA && depth > 0 && open.length === depth) return true
      else {
        if (mark === QUOTE) this.quoted = true
        else if (mark === LINE_FEED) this.line++
        this.at++
      }
    }
    return false
  }
}

const shown = (bracket: number): string => JSON.stringify(String.fromCharCode(bracket))
