import type { MethodCase } from './cases.ts'

export default { kind: 'words', effect: 0.2 } satisfies MethodCase
