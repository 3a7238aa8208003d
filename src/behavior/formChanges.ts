import type { AnswerValue } from '../models/value.ts'
import { countText } from '../words/text/numbers.ts'
import { visible } from '../words/text/visible.ts'
import type { AnswerShape, ShapeDifference } from './answerShape.ts'
import type { CaseOutcome } from './outcome.ts'

/** Findings that a message lists. */
const LISTED = 10
const NO_ANSWER = 'no answer to what was answered'

/** How answers differ in form from those of an earlier model, and in how many inputs. */
export class FormChanges {
  /** Inputs that have an answer. */
  answered = 0
  private readonly shape: AnswerShape
  private readonly counts = new Map<string, number>()
  private readonly added = new Set<string>()

  constructor(shape: AnswerShape) {
    this.shape = shape
  }

  /** Counts what changed in the answer to one input; undefined stands for no answer. */
  add(value: AnswerValue | undefined): CaseOutcome {
    if (value !== undefined) {
      this.answered++
      if (this.added.size < LISTED) for (const path of this.shape.added(value)) this.added.add(path)
    }
    const changes = value === undefined ? [NO_ANSWER] : this.shape.differences(value).map(words)
    for (const change of changes) this.counts.set(change, (this.counts.get(change) ?? 0) + 1)
    return changes.length === 0 ? true : { passed: false, reason: changes.slice(0, 3).join('; ') }
  }

  /** The commonest changes in words, then what is new. */
  lines(): readonly string[] {
    const changes = [...this.counts].sort(([, a], [, b]) => b - a)
    const lines = changes.slice(0, LISTED).map(([change, count]) => `${change} (${countText(count, 'input')})`)
    const left = changes.length - lines.length
    return [
      ...lines,
      ...(left > 0 ? [`… and ${countText(left, 'more change')}`] : []),
      ...(this.added.size > 0 ? [`new: ${[...this.added].slice(0, LISTED).join(', ')}`] : []),
    ]
  }
}

function words({ path, expected, actual }: ShapeDifference): string {
  const what = path === '' ? 'the answer' : visible(path)
  return actual === 'missing' ? `${what} is missing: ${expected} before` : `${what} is ${actual}: ${expected} before`
}
