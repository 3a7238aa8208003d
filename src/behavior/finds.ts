import { firstLine, hasCode } from '../errors.ts'
import { withinTime } from '../sql/withinTime.ts'

/** Seconds of processor time that an expression may take for one text. */
const SECONDS = 2
/** Characters in which no expression takes long. */
const SHORT = 16

/** Expressions that took too long for a text: asked about each of many, they would keep a test for as long as there are texts. */
const slow = new Set<string>()

/**
 * Work of an expression, or of a schema with some: `named` is what it is called. A text says that it took too long, since some
 * backtrack without end, which nothing else would stop.
 */
export function judgedInTime<T>(named: string, work: () => T): T | string {
  if (slow.has(named)) return `${named} took too long for another answer`
  try {
    return withinTime(named, work, SECONDS)
  } catch (error) {
    if (!hasCode(error, 'wrong-argument')) throw error
    slow.add(named)
    return firstLine(error)
  }
}

/** Whether an expression finds something in a text; a text where it takes too long. */
export function finds(regex: RegExp, text: string): boolean | string {
  const isQuick = text.length <= SHORT || !/[*+?{]/.test(regex.source)
  return isQuick ? regex.test(text) : judgedInTime(String(regex), () => regex.test(text))
}
