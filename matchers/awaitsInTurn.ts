import { readFileSync } from 'node:fs'

const AWAITED = /\bawait\s+(?:\w+\.)?(?:expect|evaluate)\b/g
const REPEATED = /\b(?:for|while|forEach|each|map)\b/

/**
 * Whether a test file awaits more than one assertion, one after another, as far as its text tells: two that are written, or
 * one in a loop or a table of tests. What data cost may depend on it, never what is said of them.
 */
export function awaitsInTurn(testFile: string | undefined): boolean {
  if (testFile === undefined) return false
  try {
    const text = readFileSync(testFile, 'utf8')
    const count = text.match(AWAITED)?.length ?? 0
    return count > 1 || (count === 1 && REPEATED.test(text))
  } catch {
    // A file that only vite knows.
    return false
  }
}
