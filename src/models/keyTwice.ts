import { keyTwiceIn } from '../bytes/jsonFaults.ts'

/**
 * What is wrong with an answer in JSON that holds a key twice, of which a reader takes the one or the other; undefined where
 * none does. The text is JSON.
 */
export function keyTwice(text: string): string | undefined {
  const lost = keyTwiceIn(text)
  return lost && `answered JSON that ${lost}`
}
