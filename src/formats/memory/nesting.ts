import { AssayError } from '../../errors.ts'

const DEEPEST = 100
const MOST = 10_000_000

interface Known<T> {
  readonly result: T
  /** Objects on the longest way down, this one among them. */
  readonly height: number
  /** Lists and objects in it with itself, each counted wherever it stands. */
  readonly count: number
}

/**
 * A walk through a nested value that looks at each object in it once, however often it is there: a few that hold each other
 * may be a million values. Throws where one holds itself, is nested too deep, or is more than what could be read.
 */
export class Nesting<T> {
  private readonly known = new Map<object, Known<T>>()
  private readonly around = new Set<object>()
  private readonly where: () => string
  private height = 0
  private count = 0

  /** `where` says in words where the value stands, for errors. */
  constructor(where: () => string) {
    this.where = where
  }

  /** What `look` says of the object, which asks for the objects inside of it in turn. */
  of(value: object, look: (value: object) => T): T {
    const known = this.known.get(value) ?? this.looked(value, look)
    this.height = Math.max(this.height, known.height)
    this.count += known.count
    if (known.height + this.around.size > DEEPEST) throw this.tooDeep()
    if (this.count > MOST)
      throw new AssayError(
        'unsupported-source',
        `${this.where()} holds more than ${MOST.toLocaleString('en')} objects`,
        {
          hint: 'an object is read wherever it stands; name those that stand in many places by an id, and keep them in a dataset of their own',
        },
      )
    return known.result
  }

  private looked(value: object, look: (value: object) => T): Known<T> {
    const { around, height, count } = this
    if (around.size > DEEPEST || around.has(value)) throw this.tooDeep()
    around.add(value)
    this.height = 0
    this.count = 0
    const known = { result: look(value), height: this.height + 1, count: this.count + 1 }
    around.delete(value)
    this.height = height
    this.count = count
    this.known.set(value, known)
    return known
  }

  private tooDeep(): AssayError {
    return new AssayError(
      'unsupported-source',
      `${this.where()} holds itself, or is nested deeper than ${DEEPEST} levels`,
    )
  }
}
