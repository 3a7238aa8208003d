import { sumOf, type MethodCase } from './cases.ts'

export default { kind: 'words', effect: sumOf((p, q) => p * Math.log(p / q)) } satisfies MethodCase
