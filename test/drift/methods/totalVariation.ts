import { sumOf, type MethodCase } from './cases.ts'

export default { kind: 'words', effect: sumOf((p, q) => Math.abs(p - q)) / 2 } satisfies MethodCase
