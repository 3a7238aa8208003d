import type { Answer } from './answer.ts'

type Mutable = { -readonly [K in keyof Answer]: Answer[K] }

/** The answers to a list of inputs, each put in its place when it comes. */
export class AnswerList {
  readonly answers: Answer[]

  constructor(length: number) {
    this.answers = new Array<Answer>(length)
  }

  /** Puts an answer where there is none yet; an error takes the place of an answer, since whoever holds that one learns of it. */
  settle(place: number, answer: Answer): void {
    const before = this.answers[place] as Mutable | undefined
    if (before === undefined) this.answers[place] = answer
    else if (answer.error !== undefined && before.error === undefined) {
      for (const name of Object.keys(before) as (keyof Answer)[]) delete before[name]
      before.error = answer.error
    }
  }

  /** Puts answers side by side, from a place on. */
  settleAll(start: number, answers: readonly Answer[]): void {
    for (let i = 0; i < answers.length; i++) this.settle(start + i, answers[i] as Answer)
  }
}
