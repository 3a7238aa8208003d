import { compiledFunction, type Instruction } from './wasm.ts'

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

/** Finds lines that are plain, sixteen bytes at a time; a blank line is not. */
export class PlainLines {
  private readonly compiled: ReturnType<typeof compiledFunction>

  /** For texts of up to so many bytes. */
  constructor(bytes: number) {
    this.compiled = compiledFunction({ parameters: 7, integers: 13, vectors: 1, body }, TEXT + bytes)
  }

  /** Takes over a text; false where it is too long, or there is no WebAssembly. */
  load(bytes: Uint8Array): boolean {
    const { compiled } = this
    if (!compiled || TEXT + bytes.length > compiled.memory.length) return false
    compiled.memory.set(bytes, TEXT)
    return true
  }

  /** The plain lines of the text that was taken over, from a place on up to another, and no more than `most`. */
  run({ delimiter, quote, delimiters, lineEnd }: LineForm, from: number, to: number, most: number): PlainRun {
    const { call, memory } = this.compiled as NonNullable<typeof this.compiled>
    const crs = lineEnd === '\n' ? 0 : 1
    const next = call(TEXT + from, TEXT + to, delimiter, quote < 0 ? LF : quote, crs, delimiters, most)
    const [lines = 0, longest = 0] = new Uint32Array(memory.buffer, 0, 2)
    return { lines, next: next - TEXT, longest }
  }
}

/** Where the text starts: before it stand the numbers of a run. */
const TEXT = 16

const names = (
  'from to delimiter quote crs delimiters most at line seenDelimiters seenCrs delimiterBits crBits lineBits quoteBits' +
  ' below end length lines longest block'
).split(' ')
const place = (name: string): number => names.indexOf(name)
const get = (name: string): Instruction => ['local.get', place(name)]
const set = (name: string): Instruction => ['local.set', place(name)]
const tee = (name: string): Instruction => ['local.tee', place(name)]
const int = (value: number): Instruction => ['i32.const', value]
type Code = readonly Instruction[]
const setTo = (name: string, ...value: Code): Code => [...value, set(name)]
const add = (name: string, ...value: Code): Code => [get(name), ...value, 'i32.add', set(name)]
const keep = (name: string, ...mask: Code): Code => [get(name), ...mask, 'i32.and', set(name)]
const leaveIf = (depth: number, ...condition: Code): Code => [...condition, ['br_if', depth]]
/** The bits of the block's bytes that are the byte. */
const bitsOf = (byte: Instruction): Code => [get('block'), byte, 'i8x16.splat', 'i8x16.eq', 'i8x16.bitmask']
/** The bits under the lowest of some. */
const under = (name: string): Code => [get(name), int(0), get(name), 'i32.sub', 'i32.and', int(1), 'i32.sub']
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
  ...leaveIf(3, get('crs'), get('end'), 'i32.load8_u', int(CR), 'i32.ne', 'i32.and'),
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
  ...setTo('at', get('from'), tee('line')),
  'block',
  'loop',
  ...leaveIf(1, get('at'), int(BLOCK), 'i32.add', get('to'), 'i32.gt_u'),
  ...setTo('block', get('at'), 'v128.load'),
  ...setTo('delimiterBits', ...bitsOf(get('delimiter'))),
  ...setTo('crBits', ...bitsOf(int(CR))),
  ...setTo('lineBits', ...bitsOf(int(LF))),
  // Where nothing is quoted the byte of quotes is that of line ends.
  ...setTo('quoteBits', ...bitsOf(get('quote')), int(0), get('quote'), int(LF), 'i32.ne', 'select'),
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
