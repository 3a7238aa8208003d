import { sumOf, type MethodCase } from './cases.ts'

export default { kind: 'words', effect: sumOf((p, q) => (p - q) * Math.log(p / q)) } satisfies MethodCase
