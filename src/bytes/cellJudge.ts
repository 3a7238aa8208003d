import { type CellForm, EMPTY, forms, KIND, kindOf } from './cellForms.ts'
import type { WasmFunction } from './wasm.ts'
import { type Code, int, leaveIf, localsOf } from './wasmCode.ts'

const LF = 10
const CR = 13
const MINUS = 45
const PLUS = 43
const LETTER = 101
const POINT = 46
const ZERO = 48
const SPACE = 32
const COLON = 58
const BLOCK = 16
/** Four characters as one number. */
const word = (text: string): number => Buffer.from(text).readInt32LE()

const { get, tee, setTo, add, keep, under } = localsOf(
  'from to delimiter quote lineEnd columns' +
    ' at cell end column state quoted stops length below digits sign dots exponent first letter after month day valid' +
    ' block delimiters lineEnds zeros tens points',
)

/** Instructions beside others. */
const code = (...parts: Code): Code => parts
const byte = (place: number): Code => [get('cell'), ['i32.load8_u', place]]
const isByte = (place: number, value: number): Code => [...byte(place), int(value), 'i32.eq']
const isEqual = (a: Code, b: Code): Code => [...a, ...b, 'i32.eq']
const isUnder = (a: Code, b: number): Code => [...a, int(b), 'i32.lt_u']
const both = (one: Code, ...more: readonly Code[]): Code => [
  ...one,
  ...more.flatMap((next) => [...next, 'i32.and' as const]),
]
const either = (one: Code, ...more: readonly Code[]): Code => [
  ...one,
  ...more.flatMap((next) => [...next, 'i32.or' as const]),
]
const minus = (a: Code, b: Code): Code => [...a, ...b, 'i32.sub']
const when = (condition: Code, code: Code, otherwise: Code = []): Code => [
  ...condition,
  'if',
  ...code,
  ...(otherwise.length > 0 ? ['else' as const, ...otherwise] : []),
  'end',
]
const load = (place: number): Code => [get('cell'), ['v128.load', place]]
const splat = (name: string, value: Code): Code => setTo(name, ...value, 'i8x16.splat')
/** The number that two digits are. */
const two = (place: number): Code => [
  ...byte(place),
  int(10),
  'i32.mul',
  ...byte(place + 1),
  'i32.add',
  int(11 * ZERO),
  'i32.sub',
]
const drop: Code = [get('column'), int(0), ['i32.store8', 0]]

/** The bits of a block's bytes that are the bytes of another. */
const bitsOf = (block: Code, bytes: string): Code => [...block, get(bytes), 'i8x16.eq', 'i8x16.bitmask']
/** The bits of the bytes at which a cell ends. */
const stopBits = (block: Code): Code => [
  ...block,
  get('delimiters'),
  'i8x16.eq',
  ...block,
  get('lineEnds'),
  'i8x16.eq',
  'v128.or',
  'i8x16.bitmask',
]
const digitBits = (block: Code): Code => [
  ...block,
  get('zeros'),
  'i8x16.sub',
  get('tens'),
  'i8x16.lt_u',
  'i8x16.bitmask',
]
const secondHalf = (name: string, bits: (block: Code) => Code): Code =>
  setTo(name, get(name), ...bits(load(BLOCK)), int(BLOCK), 'i32.shl', 'i32.or')

const signed: Code = setTo('sign', ...isByte(0, MINUS))
const afterSign: Code = [get('cell'), get('sign'), 'i32.add']
const isLeadingZero: Code = isEqual([...afterSign, ['i32.load8_u', 0]], [int(ZERO)])
/** As many digits as up to a number, and one at least, after the sign. */
const digitsUpTo = (most: number): Code => isUnder(minus([get('length')], [get('sign'), int(1), 'i32.add']), most)

const integer: Code = [
  ...signed,
  ...when([get('length'), int(BLOCK), 'i32.gt_u'], secondHalf('digits', digitBits)),
  ...keep('digits', get('below')),
  ...setTo(
    'valid',
    ...both(
      isEqual([get('digits'), get('sign'), 'i32.or'], [get('below')]),
      digitsUpTo(18),
      either([...isLeadingZero, 'i32.eqz'], isEqual([get('length')], [int(1)])),
    ),
  ),
]

/** One letter, maybe a sign, one or two digits; the rest of the cell is what stands before them. */
const withExponent: Code = [
  ...setTo('exponent', ...minus([get('below')], [get('digits'), get('sign'), get('dots'), 'i32.or', 'i32.or'])),
  ...setTo('letter', get('exponent'), 'i32.ctz'),
  // Where its digits start.
  ...setTo('first', get('letter'), int(1), 'i32.add'),
  ...setTo('after', get('cell'), get('first'), 'i32.add', ['i32.load8_u', 0]),
  ...add('first', ...either(isEqual([get('after')], [int(MINUS)]), isEqual([get('after')], [int(PLUS)]))),
  ...setTo(
    'valid',
    ...both(
      isEqual([get('cell'), get('letter'), 'i32.add', ['i32.load8_u', 0]], [int(LETTER)]),
      isUnder(minus([get('length')], [get('first'), int(1), 'i32.add']), 2),
      isEqual(
        [get('digits'), get('first'), 'i32.shr_u'],
        [int(1), ...minus([get('length')], [get('first')]), 'i32.shl', int(1), 'i32.sub'],
      ),
    ),
  ),
  ...setTo('below', ...under('exponent')),
  ...keep('digits', get('below')),
  ...keep('dots', get('below')),
  ...setTo('length', get('letter')),
]

const decimal: Code = [
  ...signed,
  ...secondHalf('digits', digitBits),
  ...keep('digits', get('below')),
  ...setTo('dots', ...bitsOf([get('block')], 'points')),
  ...secondHalf('dots', (block) => bitsOf(block, 'points')),
  ...keep('dots', get('below')),
  ...setTo('valid', int(1)),
  ...when([get('digits'), get('sign'), 'i32.or', get('dots'), 'i32.or', get('below'), 'i32.ne'], withExponent),
  ...setTo(
    'valid',
    ...both(
      [get('valid')],
      isEqual([get('digits'), get('sign'), 'i32.or', get('dots'), 'i32.or'], [get('below')]),
      digitsUpTo(31),
      // One point at most, which is neither the first nor the last of what comes after the sign.
      [get('dots'), get('dots'), int(1), 'i32.sub', 'i32.and', 'i32.eqz'],
      [
        get('dots'),
        ...code(int(1), get('sign'), 'i32.shl'),
        ...code(get('below'), get('below'), int(1), 'i32.shr_u', 'i32.xor', 'i32.or'),
        'i32.and',
        'i32.eqz',
      ],
      either(
        [...isLeadingZero, 'i32.eqz'],
        isEqual([get('length')], [get('sign'), int(1), 'i32.add']),
        isEqual([...afterSign, ['i32.load8_u', 1]], [int(POINT)]),
      ),
    ),
  ),
]

const DATE_DIGITS = 0b11_0110_1111
const TIME_DIGITS = 0b110_1101_1011 << 8

/** February has 28 days, or 29 in leap years; the months from August on are as long as those from January on. */
const lastDay: Code = [
  ...code(int(28), ...[two(2), two(0), two(2)].flat(), 'select', int(3), 'i32.and', 'i32.eqz'),
  'i32.add',
  ...code(get('month'), get('month'), int(3), 'i32.shr_u', 'i32.xor', int(1), 'i32.and'),
  ...code(int(30), 'i32.add'),
  ...isEqual([get('month')], [int(2)]),
  'select',
]

const isDay: Code = [
  ...setTo('month', ...two(5)),
  ...setTo('day', ...two(8)),
  ...setTo(
    'valid',
    ...both(
      [get('valid')],
      isByte(4, MINUS),
      isByte(7, MINUS),
      [get('cell'), ['i32.load', 0], int(word('0000')), 'i32.ne'],
      isUnder(minus([get('month')], [int(1)]), 12),
      [...minus([get('day')], [int(1)]), ...lastDay, 'i32.lt_u'],
    ),
  ),
]

const date: Code = [
  ...keep('digits', get('below')),
  ...setTo('valid', ...both(isEqual([get('length')], [int(10)]), isEqual([get('digits')], [int(DATE_DIGITS)]))),
  ...when([get('valid')], isDay),
]

const timestamp: Code = [
  ...secondHalf('digits', digitBits),
  ...keep('digits', get('below')),
  ...setTo(
    'valid',
    ...both(
      isEqual([get('length')], [int(19)]),
      isEqual([get('digits')], [int(DATE_DIGITS | TIME_DIGITS)]),
      isByte(10, SPACE),
      isByte(13, COLON),
      isByte(16, COLON),
      isUnder(two(11), 24),
      isUnder(two(14), 60),
      isUnder(two(17), 60),
    ),
  ),
  ...when([get('valid')], isDay),
]

const isWord = (text: string): Code => isEqual([get('cell'), ['i32.load', 0]], [int(word(text))])
const boolean: Code = setTo(
  'valid',
  ...either(
    both(isEqual([get('length')], [int(4)]), isWord('true')),
    both(isEqual([get('length')], [int(5)]), isWord('fals'), isByte(4, 'e'.charCodeAt(0))),
  ),
)

const codes: Readonly<Record<CellForm, Code>> = { integer, number: decimal, date, timestamp, boolean }

/** A cell of a column that had a form up to now. */
const oneCell: Code = when(
  [get('length')],
  [
    ...setTo('valid', int(0)),
    ...when(isUnder([get('length')], 2 * BLOCK), [
      ...setTo('below', int(1), get('length'), 'i32.shl', int(1), 'i32.sub'),
      ...setTo('digits', ...digitBits([get('block')])),
      ...setTo('state', get('state'), int(KIND), 'i32.and'),
      ...forms.reduceRight<Code>(
        (otherwise, form) => when(isEqual([get('state')], [int(kindOf(form))]), codes[form], otherwise),
        [],
      ),
    ]),
    ...when([get('valid'), 'i32.eqz'], drop),
  ],
  [get('column'), get('state'), int(EMPTY), 'i32.or', ['i32.store8', 0]],
)

const judgedCell: Code = [
  ...setTo('state', get('column'), ['i32.load8_u', 0]),
  ...when([get('state')], [...setTo('block', ...load(0)), ...oneCell]),
]

/** To the next cell, whose column may be the first again. */
const nextCell: Code = [
  ...setTo('cell', get('end'), int(1), 'i32.add'),
  ...add('column', int(1)),
  ...when(
    [get('end'), ['i32.load8_u', 0], get('delimiter'), 'i32.ne'],
    [
      ...setTo('column', get('columns')),
      ...add('cell', ...both(isEqual([get('end'), ['i32.load8_u', 0]], [int(CR)]), isByte(0, LF))),
    ],
  ),
]

const isQuote = (place: number): Code => isEqual([get('end'), ['i32.load8_u', place]], [get('quote')])

/** Cells in quotes, up to one without; what holds a quote has none of the forms. */
const quotedCells: Code = [
  'loop',
  ...setTo('quoted', int(0)),
  ...when(isEqual(byte(0), [get('quote')]), [
    ...setTo('cell', get('cell'), int(1), 'i32.add', tee('end')),
    'loop',
    // Out of the text: its records are not whole.
    ...leaveIf(5, get('end'), get('to'), 'i32.gt_u'),
    ...when([...isQuote(0), 'i32.eqz'], [...add('end', int(1)), ['br', 1]]),
    ...when(isQuote(1), [...drop, ...add('end', int(2)), ['br', 1]]),
    'end',
    ...setTo('length', get('end'), get('cell'), 'i32.sub'),
    ...judgedCell,
    ...add('end', int(1)),
    ...nextCell,
    ...leaveIf(4, get('cell'), get('to'), 'i32.ge_u'),
    ['br', 1],
  ]),
  'end',
]

/** Looks at the cells of whole records, sixteen bytes at a time. */
export const formsFunction: WasmFunction = {
  parameters: 6,
  integers: 19,
  vectors: 6,
  body: [
    ...splat('delimiters', [get('delimiter')]),
    ...splat('lineEnds', [get('lineEnd')]),
    ...splat('zeros', [int(ZERO)]),
    ...splat('tens', [int(10)]),
    ...splat('points', [int(POINT)]),
    ...setTo('cell', get('from'), tee('at')),
    ...setTo('column', get('columns')),
    ...setTo('quoted', ...isEqual(byte(0), [get('quote')])),
    'block',
    'loop',
    ...when([get('quoted')], [...quotedCells, ...setTo('at', get('cell'))]),
    ...leaveIf(1, get('at'), get('to'), 'i32.ge_u'),
    ...setTo('block', get('at'), ['v128.load', 0]),
    ...setTo('stops', ...stopBits([get('block')])),
    'loop',
    ...when(
      [get('stops')],
      [
        ...setTo('end', get('at'), get('stops'), 'i32.ctz', 'i32.add'),
        ...setTo('length', get('end'), get('cell'), 'i32.sub'),
        ...judgedCell,
        ...nextCell,
        ...leaveIf(3, get('cell'), get('to'), 'i32.ge_u'),
        ...leaveIf(2, ...isEqual(byte(0), [get('quote')]), tee('quoted')),
        ...keep('stops', get('stops'), int(1), 'i32.sub'),
        ['br', 1],
      ],
    ),
    'end',
    ...add('at', int(BLOCK)),
    ['br', 0],
    'end',
    'end',
    get('at'),
  ],
}
