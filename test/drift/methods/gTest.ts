import { type MethodCase, sumOf } from './cases.ts'

const divergence = (p: number, q: number) => p * Math.log((2 * p) / (p + q)) + q * Math.log((2 * q) / (p + q))

export default { kind: 'words', effect: Math.sqrt(sumOf(divergence)) } satisfies MethodCase
