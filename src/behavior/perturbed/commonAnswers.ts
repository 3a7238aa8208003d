import { REDACTED } from '../../dataset/personal.ts'

/** An answer that so many inputs got is a label, which tells nothing about one of them. */
const COMMON = 6
/** Different answers that are counted. */
const LABELS = 1000

/** Tells answers that many inputs got from those that may tell something of one of them. */
export class CommonAnswers {
  /** How many inputs got each. */
  private readonly inputs = new Map<string, number>()
  private readonly ofRow = new Set<string>()
  private row: number | undefined

  /** Counts the answers to the input of a row. Whatever its forms and repeats are answered, it is one input. */
  add(row: number, answers: readonly string[]): void {
    if (row !== this.row) this.ofRow.clear()
    this.row = row
    for (const answer of answers) {
      if (this.ofRow.has(answer)) continue
      this.ofRow.add(answer)
      const count = this.inputs.get(answer) ?? 0
      if (count > 0 || this.inputs.size < LABELS) this.inputs.set(answer, count + 1)
    }
  }

  /** The answer as it may be told where inputs are personal. */
  discreetly(answer: string): string {
    return (this.inputs.get(answer) ?? 0) >= COMMON ? answer : REDACTED
  }
}
