import { sumOf, type MethodCase } from './cases.ts'

export default { kind: 'words', effect: Math.sqrt(sumOf((p, q) => (p - q) ** 2 / (p + q)) / 2) } satisfies MethodCase
