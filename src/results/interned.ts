/** Values that are kept once, and the place of each. */
export interface Interned<T> {
  readonly all: readonly T[]
  /** The place of a value, which is taken in where no equal one is there. */
  place(value: T): number
}

/** Keeps each value once, by its JSON text. */
export function interned<T>(): Interned<T> {
  const places = new Map<string, number>()
  const all: T[] = []
  return {
    all,
    place(value) {
      const key = JSON.stringify(value)
      const known = places.get(key)
      if (known !== undefined) return known
      places.set(key, all.length)
      return all.push(value) - 1
    },
  }
}
