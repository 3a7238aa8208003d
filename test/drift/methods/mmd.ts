import type { MethodCase } from './cases.ts'

// Twice the median of chi-square with four degrees of freedom: the squared median distance of two vectors.
const square = 2 * 3.35669
// The means of the kernel over pairs of one side, and of both, are Gaussian integrals.
const within = (square / (square + 2)) ** 2
const across = within * Math.exp(-1 / (2 * (square + 2)))

export default { kind: 'vectors', effect: Math.sqrt(2 * within - 2 * across) } satisfies MethodCase
