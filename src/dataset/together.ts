/**
 * Asks for everyone who asked before it began: whoever comes while it is under way gets the answer of the next time, so
 * that no answer is older than its question.
 */
export function together<T>(ask: () => Promise<T>): () => Promise<T> {
  let waiting: Promise<T> | undefined
  let before: Promise<unknown> = Promise.resolve()
  return () => {
    waiting ??= before.then(() => {
      waiting = undefined
      const answer = ask()
      before = answer.catch(() => {})
      return answer
    })
    return waiting
  }
}
