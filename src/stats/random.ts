/**
 * A reproducible source of numbers in [0, 1): the same seed gives the same sequence on every machine. Not for secrets.
 * Text seeds are hashed (FNV-1a), the generator is mulberry32.
 */
export function seeded(seed: number | string): () => number {
  let state = typeof seed === 'number' ? seed | 0 : hash(seed)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value
}
