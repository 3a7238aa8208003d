import { PlainLines, type PlainRun } from '../../bytes/plainLines.ts'

/** Plain lines, as nearly all are, of which a scan need not tell each. */
export interface PassedOver {
  /** How many may be passed over now, of so many cells and with that line end; undefined where the next is told. */
  allowed(): { readonly most: number; readonly cells: number; readonly lineEnd: '\n' | '\r\n' } | undefined
  passed(run: PlainRun): void
  scanned?(piece: ScannedPiece): void
}

/** A piece that starts at `base` of a text, as far as it was scanned. */
export interface ScannedPiece {
  readonly base: number
  readonly next: number
  /** Takes its lines over; undefined where they cannot be, and where a line may be a comment or is no text. */
  lines(): PlainLines | undefined
}

/** So few plain lines after one another are no gain: as many as `APART` are told before more are looked for. */
const FEW = 4
const APART = 16
/** Bytes that are taken over at once; a text that is longer, for its lines are long, is told line by line. */
const ROOM = 1024 ** 2

/** Passes over plain lines of texts. */
export class PassingOver {
  private readonly delimiter: number
  private readonly quote: number
  private lines: PlainLines | undefined
  /** What is passed through, and whether the lines have it. */
  private text: Buffer | undefined
  private isLoaded = false

  /** Of cells between a byte, some of which stand in quotes; -1 for none. */
  constructor(delimiter: number, quote: number) {
    this.delimiter = delimiter
    this.quote = quote
  }

  /** What passes over the plain lines from a place of the text on, as far as that is allowed; undefined for none. */
  through(text: Buffer, over: PassedOver): (from: number) => PlainRun | undefined {
    const { delimiter, quote } = this
    this.text = text
    this.isLoaded = false
    let pause = 0
    return (from) => {
      if (this.text === undefined || --pause >= 0) return undefined
      const allowed = over.allowed()
      if (!allowed) return undefined
      const lines = this.loaded()
      if (!lines) return undefined
      const { most, cells, lineEnd } = allowed
      const run = lines.run({ delimiter, quote, delimiters: cells - 1, lineEnd }, from, text.length, most)
      if (run.lines <= FEW && run.lines < most) pause = APART
      if (run.lines === 0) return undefined
      over.passed(run)
      return run
    }
  }

  /** Lets go of a piece. */
  scanned(piece: Omit<ScannedPiece, 'lines'>, over: PassedOver): void {
    over.scanned?.({ ...piece, lines: () => this.loaded() })
    this.text = undefined
  }

  private loaded(): PlainLines | undefined {
    const { text } = this
    if (text === undefined || this.isLoaded) return text && this.lines
    this.lines ??= new PlainLines(Math.max(text.length, ROOM))
    this.isLoaded = this.lines.load(text)
    if (!this.isLoaded) this.text = undefined
    return this.isLoaded ? this.lines : undefined
  }
}
