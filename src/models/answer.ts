import { described, NoValue, snapshot, type Value } from './value.ts'

/** Why an input has no answer: `answered a Map, which is no JSON value`. */
export class Problem {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** A copy of what a model answered, or why it is no answer: nothing at all, or what cannot be compared as JSON. */
export function readAnswer(answer: unknown): Value | Problem {
  if (answer === null || answer === undefined) return new Problem(`answered ${described(answer)}`)
  try {
    return snapshot(answer)
  } catch (error) {
    return new Problem(`answered ${(error as NoValue).message}`)
  }
}
