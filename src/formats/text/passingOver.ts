import { PlainLines, type PlainRun } from '../../bytes/plainLines.ts'

/** Plain lines, as nearly all are, of which a scan need not tell each. */
export interface PassedOver {
  /** How many may be passed over now, of so many cells and with that line end; undefined where the next is told. */
  allowed(): { readonly most: number; readonly cells: number; readonly lineEnd: '\n' | '\r\n' } | undefined
  passed(run: PlainRun): void
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

  /** Of cells between a byte, some of which stand in quotes; -1 for none. */
  constructor(delimiter: number, quote: number) {
    this.delimiter = delimiter
    this.quote = quote
  }

  /** What passes over the plain lines from a place of the text on, as far as that is allowed; undefined for none. */
  through(text: Buffer, over: PassedOver): (from: number) => PlainRun | undefined {
    const { delimiter, quote } = this
    let loaded: boolean | undefined
    let pause = 0
    return (from) => {
      if (loaded === false || --pause >= 0) return undefined
      const allowed = over.allowed()
      if (!allowed) return undefined
      const { most, cells, lineEnd } = allowed
      this.lines ??= new PlainLines(Math.max(text.length, ROOM))
      loaded ??= this.lines.load(text)
      if (!loaded) return undefined
      const run = this.lines.run({ delimiter, quote, delimiters: cells - 1, lineEnd }, from, text.length, most)
      if (run.lines <= FEW && run.lines < most) pause = APART
      if (run.lines === 0) return undefined
      over.passed(run)
      return run
    }
  }
}
