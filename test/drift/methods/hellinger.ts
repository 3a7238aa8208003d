import { sumOf, type MethodCase } from './cases.ts'

export default {
  kind: 'words',
  effect: Math.sqrt(sumOf((p, q) => (Math.sqrt(p) - Math.sqrt(q)) ** 2) / 2),
} satisfies MethodCase
