/** A column of a text file, under a name of its own. */
export interface HeaderName {
  readonly name: string
  /** Why the header's own name is not its name. */
  readonly reason?: string
}

/**
 * The names of the columns that a header gives. Names that differ by no more than case are the same to the engine. A
 * blank name becomes `column3` (its place), a repeated one gets the number of its occurrence: `a`, `a_2`.
 */
export function headerNames(header: readonly string[]): readonly HeaderName[] {
  const key = (name: string): string => name.toLowerCase()
  const taken = new Set(header.map(key))
  const free = (name: string): string => {
    let found = name
    for (let i = 2; taken.has(key(found)); i++) found = `${name}_${i}`
    taken.add(key(found))
    return found
  }
  const seen = new Map<string, { place: number; count: number }>()
  return header.map((given, i): HeaderName => {
    const name = given.replaceAll('\0', '')
    if (name.trim() === '') {
      const own = free(`column${i + 1}`)
      return { name: own, reason: `column ${i + 1} has no name in the header: it is called ${JSON.stringify(own)}` }
    }
    const before = seen.get(key(name))
    if (!before) {
      seen.set(key(name), { place: i + 1, count: 1 })
      return { name }
    }
    before.count++
    const own = taken.has(key(`${name}_${before.count}`)) ? free(name) : free(`${name}_${before.count}`)
    return {
      name: own,
      reason: `column ${i + 1} has the name of column ${before.place}: it is called ${JSON.stringify(own)}`,
    }
  })
}
