/** Instructions of WebAssembly, as far as they are used here, by their names in the specification. */
const codes = {
  block: [0x02, 0x40],
  loop: [0x03, 0x40],
  if: [0x04, 0x40],
  else: [0x05],
  end: [0x0b],
  br: [0x0c],
  br_if: [0x0d],
  'local.get': [0x20],
  'local.set': [0x21],
  'local.tee': [0x22],
  'i32.load': [0x28, 0],
  'i32.load8_u': [0x2d, 0],
  'i32.store8': [0x3a, 0],
  'i32.store': [0x36, 2],
  'i32.const': [0x41],
  'i32.eqz': [0x45],
  'i32.eq': [0x46],
  'i32.ne': [0x47],
  'i32.lt_u': [0x49],
  'i32.gt_u': [0x4b],
  'i32.ge_u': [0x4f],
  'i32.ctz': [0x68],
  'i32.popcnt': [0x69],
  'i32.add': [0x6a],
  'i32.sub': [0x6b],
  'i32.mul': [0x6c],
  'i32.and': [0x71],
  'i32.or': [0x72],
  'i32.xor': [0x73],
  'i32.shl': [0x74],
  'i32.shr_u': [0x76],
  select: [0x1b],
  'v128.load': [0xfd, 0, 0],
  'i8x16.splat': [0xfd, 15],
  'i8x16.eq': [0xfd, 35],
  'i8x16.lt_u': [0xfd, 38],
  'v128.or': [0xfd, 80],
  'i8x16.bitmask': [0xfd, 100],
  'i8x16.sub': [0xfd, 113],
} as const satisfies Readonly<Record<string, readonly number[]>>

/** An instruction with its immediate, where it takes one: the place of a local, a depth, an offset or a number. */
export type Instruction = keyof typeof codes | readonly [code: keyof typeof codes, immediate: number]

/** A function of 32 bit integers, with more locals of that type and some of 128 bits after them. */
export interface WasmFunction {
  readonly parameters: number
  readonly integers: number
  readonly vectors: number
  readonly body: readonly Instruction[]
}

const I32 = 0x7f
const V128 = 0x7b
const PAGE = 65_536
/** The letters `\0asm` and the version. */
const START = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]

/** Functions that share a memory of at least so many bytes; undefined where the process runs no WebAssembly. */
export function compiledFunctions<N extends string>(
  functions: Readonly<Record<N, WasmFunction>>,
  bytes: number,
): (Readonly<Record<N, (...values: readonly number[]) => number>> & { readonly memory: Uint8Array }) | undefined {
  const named = Object.entries<WasmFunction>(functions)
  const codesOf = ({ integers, vectors, body }: WasmFunction): readonly number[] => [
    ...locals(integers, vectors),
    ...body.flatMap((one) => (typeof one === 'string' ? codes[one] : [...codes[one[0]], ...signed(one[1])])),
    ...codes.end,
  ]
  const typeOf = ({ parameters }: WasmFunction): readonly number[] => [
    0x60,
    ...vector(Array<number>(parameters).fill(I32)),
    1,
    I32,
  ]
  const module = new Uint8Array([
    ...START,
    ...section(1, listed(named.map(([, one]) => typeOf(one)))),
    ...section(3, listed(named.map((_, i) => [i]))),
    ...section(5, [1, 0, ...number(Math.ceil(bytes / PAGE))]),
    ...section(7, listed([...named.map(([name], i) => exported(name, 0, i)), exported('memory', 2, 0)])),
    ...section(10, listed(named.map(([, one]) => vector(codesOf(one))))),
  ])
  try {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(module))
    const { memory, ...calls } = exports as { memory: WebAssembly.Memory }
    return {
      ...(calls as Readonly<Record<N, (...values: readonly number[]) => number>>),
      memory: new Uint8Array(memory.buffer),
    }
  } catch {
    // Without a compiler (`--jitless`), its vectors, or room for the memory.
    return undefined
  }
}

const locals = (integers: number, vectors: number): readonly number[] => [
  2,
  ...number(integers),
  I32,
  ...number(vectors),
  V128,
]
const vector = (bytes: readonly number[]): readonly number[] => [...number(bytes.length), ...bytes]
const section = (id: number, bytes: readonly number[]): readonly number[] => [id, ...vector(bytes)]
const listed = (parts: readonly (readonly number[])[]): readonly number[] => [...number(parts.length), ...parts.flat()]
const exported = (name: string, kind: number, place: number): readonly number[] => [
  ...vector([...Buffer.from(name)]),
  kind,
  place,
]

/** A number in bytes of seven bits, the least first. */
function number(value: number): readonly number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...number(value >>> 7)]
}

/** The same with a sign, which is how constants are written; as long as it is under 64 any other number is too. */
function signed(value: number): readonly number[] {
  return value < 64 && value >= -64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
