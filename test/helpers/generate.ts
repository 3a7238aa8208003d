/** A large sample that a reference case names instead of listing it. */
export interface Generated {
  readonly kind: string
  readonly n: number
  readonly seed: number
  readonly loc?: number
  readonly scale?: number
  readonly decimals?: number
  readonly k?: number
}

function mulberry32(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** The sample; bit for bit what the reference's Python made. */
export function generate({ kind, n, seed, loc = 0, scale = 1, decimals, k = 1 }: Generated): Float64Array {
  const random = mulberry32(seed)
  const normal = () => {
    let sum = 0
    for (let j = 0; j < 12; j++) sum += random()
    return sum - 6
  }
  const draw: Record<string, () => number> = {
    uniform: random,
    irwinhall: normal,
    cubed: () => {
      const x = normal()
      return x * x * x
    },
    pareto1: () => 1 / (1 - random()),
    ratio: () => {
      const u = random()
      return (u - 0.5) / (random() + 2 ** -20)
    },
    int: () => Math.floor(random() * k),
  }
  return Float64Array.from({ length: n }, () => {
    const x = (draw[kind] as () => number)() * scale + loc
    return decimals === undefined ? x : Math.floor(x * 10 ** decimals + 0.5) / 10 ** decimals
  })
}
