import { integral, type MethodCase } from './cases.ts'

const weighed = (f: number, g: number) => {
  const h = (f + g) / 2
  return h > 1e-9 && h < 1 - 1e-9 ? (f - g) ** 2 / (h * (1 - h)) : 0
}

export default { kind: 'numbers', effect: Math.sqrt(integral(weighed, 'rows')) } satisfies MethodCase
