import { type MethodCase, sumOf } from './cases.ts'

const bits = (p: number, q: number) => (p * Math.log2((2 * p) / (p + q)) + q * Math.log2((2 * q) / (p + q))) / 2

export default { kind: 'words', effect: Math.sqrt(sumOf(bits)) } satisfies MethodCase
