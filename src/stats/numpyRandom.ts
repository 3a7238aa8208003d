const LENGTH = 624
const PERIOD = 397

/** Draws as NumPy's `RandomState(seed)` makes them: the Mersenne Twister (Matsumoto and Nishimura 1998). */
export interface NumpyRandom {
  /** The next 32 bits. */
  uint32(): number
  /** `permutation(n)`: the places 0 to n - 1, shuffled. */
  permutation(n: number): Uint32Array
}

export function numpyRandom(seed: number): NumpyRandom {
  const state = new Uint32Array(LENGTH)
  state[0] = seed
  for (let i = 1; i < LENGTH; i++) {
    const last = state[i - 1] as number
    state[i] = Math.imul(1812433253, last ^ (last >>> 30)) + i
  }
  let place = LENGTH
  const uint32 = (): number => {
    if (place === LENGTH) {
      twist(state)
      place = 0
    }
    let y = state[place++] as number
    y ^= y >>> 11
    y ^= (y << 7) & 0x9d2c5680
    y ^= (y << 15) & 0xefc60000
    return (y ^ (y >>> 18)) >>> 0
  }
  /** A whole number from 0 to `most`: bits up to its highest one, drawn again where they are more. */
  const upTo = (most: number): number => {
    const mask = 2 ** (32 - Math.clz32(most)) - 1
    for (;;) {
      const value = (uint32() & mask) >>> 0
      if (value <= most) return value
    }
  }
  return {
    uint32,
    permutation(n) {
      const order = Uint32Array.from({ length: n }, (_, i) => i)
      for (let i = n - 1; i > 0; i--) {
        const other = upTo(i)
        ;[order[i], order[other]] = [order[other] as number, order[i] as number]
      }
      return order
    },
  }
}

function twist(state: Uint32Array): void {
  for (let i = 0; i < LENGTH; i++) {
    const y = ((state[i] as number) & 0x80000000) | ((state[(i + 1) % LENGTH] as number) & 0x7fffffff)
    state[i] = (state[(i + PERIOD) % LENGTH] as number) ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0)
  }
}
