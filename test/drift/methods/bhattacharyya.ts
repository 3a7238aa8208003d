import { sumOf, type MethodCase } from './cases.ts'

export default { kind: 'words', effect: -Math.log(sumOf((p, q) => Math.sqrt(p * q))) } satisfies MethodCase
