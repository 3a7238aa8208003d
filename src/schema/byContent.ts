import { createHash } from 'node:crypto'

/** Results that are kept at most; the one that was asked for longest ago goes first. */
const MOST_KEPT = 500

/** Keeps what is made of texts, by their content; a promise that fails is asked anew. */
export function byContent<V>(): (content: string, make: () => V) => V {
  const kept = new Map<string, V>()
  return (content, make) => {
    const key = createHash('sha256').update(content).digest('base64')
    const value = kept.has(key) ? (kept.get(key) as V) : make()
    if (value instanceof Promise) value.catch(() => kept.get(key) === value && kept.delete(key))
    kept.delete(key)
    kept.set(key, value)
    for (const [oldest] of kept) {
      if (kept.size <= MOST_KEPT) break
      kept.delete(oldest)
    }
    return value
  }
}
