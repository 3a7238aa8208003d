import { MANY_COLUMNS } from '../engine/narrowing.ts'
import { type CellForms, cellForms } from './cellForms.ts'
import { formsFunction } from './cellJudge.ts'
import { compiledFunctions, type Instruction } from './wasm.ts'
import { type Code, int, leaveIf, localsOf } from './wasmCode.ts'

/** What a plain line is: so many delimiters, no quote, and the line end. */
export interface LineForm {
  readonly delimiter: number
  /** -1 where nothing is quoted. */
  readonly quote: number
  readonly delimiters: number
  readonly lineEnd: '\n' | '\r\n'
}

/** Lines that were found to be plain. */
export interface PlainRun {
  readonly lines: number
  /** Where the first line starts that is not, or that nothing is known of. */
  readonly next: number
  /** The bytes of the longest, without its line end. */
  readonly longest: number
}

/** Bytes looked at together; a text's last ones, and what is left of a line there, are left to others. */
const BLOCK = 16
const LF = 10
const CR = 13

/** Finds lines that are plain, sixteen bytes at a time (a blank line is not), and judges how cells are written. */
export class PlainLines {
  /** How the columns' cells are written, where there is WebAssembly. */
  readonly forms: CellForms | undefined
  private readonly room: number
  private readonly compiled: ReturnType<typeof compiledFunctions<'run' | 'judge'>>

  /** For texts of up to so many bytes. */
  constructor(bytes: number) {
    this.room = TEXT + bytes
    const compiled = compiledFunctions(
      { run: { parameters: 7, integers: 13, vectors: 5, body }, judge: formsFunction },
      this.room + AFTER + MANY_COLUMNS,
    )
    this.compiled = compiled
    if (compiled) this.forms = cellForms(compiled.memory, compiled.judge, TEXT, this.room + AFTER)
  }

  /** Takes over a text; false where it is too long, or there is no WebAssembly. */
  load(bytes: Uint8Array): boolean {
    const { compiled } = this
    if (!compiled || TEXT + bytes.length > this.room) return false
    compiled.memory.set(bytes, TEXT)
    // A last line without one ends there.
    compiled.memory[TEXT + bytes.length] = LF
    return true
  }

  /** The plain lines of the text that was taken over, from a place on up to another, and no more than `most`. */
  run({ delimiter, quote, delimiters, lineEnd }: LineForm, from: number, to: number, most: number): PlainRun {
    const { run, memory } = this.compiled as NonNullable<typeof this.compiled>
    const crs = lineEnd === '\n' ? 0 : 1
    const next = run(TEXT + from, TEXT + to, delimiter, quote < 0 ? LF : quote, crs, delimiters, most)
    const [lines = 0, longest = 0] = new Uint32Array(memory.buffer, 0, 2)
    return { lines, next: next - TEXT, longest }
  }
}

/** Where the text starts: before it stand the numbers of a run. */
const TEXT = 16
/** Bytes after it that may be read with its last ones. */
const AFTER = 64

const { get, tee, setTo, add, keep, under } = localsOf(
  'from to delimiter quote crs delimiters most at line seenDelimiters seenCrs delimiterBits crBits lineBits quoteBits' +
    ' below end length lines longest block delimiterBytes crBytes lineBytes quoteBytes',
)
/** The bits of the block's bytes that are the byte. */
const bitsOf = (bytes: string): Code => [get('block'), get(bytes), 'i8x16.eq', 'i8x16.bitmask']
const splat = (name: string, byte: Instruction): Code => setTo(name, byte, 'i8x16.splat')
const countUnder = (name: string): Code => [get(name), get('below'), 'i32.and', 'i32.popcnt']
const store = (address: number, name: string): Code => [int(0), get(name), ['i32.store', address]]
const inverse = (name: string): Code => [int(-1), get(name), 'i32.sub']

/** The line of the block whose end is the lowest of `lineBits`. Leaves for good by the third block around it. */
const oneLine: Code = [
  ...setTo('below', ...under('lineBits')),
  ...add('seenDelimiters', ...countUnder('delimiterBits')),
  ...add('seenCrs', ...countUnder('crBits')),
  ...leaveIf(3, get('seenDelimiters'), get('delimiters'), 'i32.ne', get('seenCrs'), get('crs'), 'i32.ne', 'i32.or'),
  // Where the text of the line ends, and whether a CR stands there when one must.
  ...setTo('end', get('at'), get('lineBits'), 'i32.ctz', 'i32.add', get('crs'), 'i32.sub'),
  ...leaveIf(3, get('crs'), get('end'), ['i32.load8_u', 0], int(CR), 'i32.ne', 'i32.and'),
  ...leaveIf(3, get('end'), get('line'), 'i32.sub', tee('length'), 'i32.eqz'),
  ...setTo('longest', get('length'), get('longest'), get('length'), get('longest'), 'i32.gt_u', 'select'),
  ...add('lines', int(1)),
  ...setTo('line', get('end'), get('crs'), 'i32.add', int(1), 'i32.add'),
  ...setTo('seenDelimiters', int(0)),
  ...setTo('seenCrs', int(0)),
  ...leaveIf(3, get('lines'), get('most'), 'i32.ge_u'),
  ...keep('delimiterBits', ...inverse('below')),
  ...keep('crBits', ...inverse('below')),
  ...keep('lineBits', get('lineBits'), int(1), 'i32.sub'),
]

const body: Code = [
  ...splat('delimiterBytes', get('delimiter')),
  ...splat('crBytes', int(CR)),
  ...splat('lineBytes', int(LF)),
  ...splat('quoteBytes', get('quote')),
  ...setTo('at', get('from'), tee('line')),
  'block',
  'loop',
  ...leaveIf(1, get('at'), int(BLOCK), 'i32.add', get('to'), 'i32.gt_u'),
  ...setTo('block', get('at'), ['v128.load', 0]),
  ...setTo('delimiterBits', ...bitsOf('delimiterBytes')),
  ...setTo('crBits', ...bitsOf('crBytes')),
  ...setTo('lineBits', ...bitsOf('lineBytes')),
  // Where nothing is quoted the byte of quotes is that of line ends.
  ...setTo('quoteBits', ...bitsOf('quoteBytes'), int(0), get('quote'), int(LF), 'i32.ne', 'select'),
  get('quoteBits'),
  'if',
  ...setTo('below', ...under('quoteBits')),
  ...['delimiterBits', 'crBits', 'lineBits'].flatMap((name) => keep(name, get('below'))),
  'end',
  'block',
  'loop',
  ...leaveIf(1, get('lineBits'), 'i32.eqz'),
  ...oneLine,
  ['br', 0],
  'end',
  'end',
  ...leaveIf(1, get('quoteBits')),
  ...add('seenDelimiters', get('delimiterBits'), 'i32.popcnt'),
  ...add('seenCrs', get('crBits'), 'i32.popcnt'),
  ...add('at', int(BLOCK)),
  ['br', 0],
  'end',
  'end',
  ...store(0, 'lines'),
  ...store(4, 'longest'),
  get('line'),
]
