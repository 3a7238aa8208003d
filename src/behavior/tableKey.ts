import { hash } from '../results/resultId.ts'
import { first, put, second, start } from '../models/hashed.ts'
import { type AnswerJudge, identityOf } from './comparators/satisfies.ts'

/** What tells cases apart: the questions, not how they are called or where they stand. */
interface Case {
  readonly capability?: string
  readonly input: unknown
  readonly expected?: unknown
  readonly compare?: string
  readonly weight?: number
  readonly group?: string
}

/** A key of all cases together, whatever their order: sums over a hash of each, since tables may have a million. */
export class TableKey {
  private count = 0
  // As whole numbers with a sign, which cost nothing.
  private first = 0
  private second = 0
  private third = 0
  private fourth = 0

  add({ input, expected, compare, capability, weight, group }: Case): void {
    start()
    put(input)
    put(typeof expected === 'function' ? identityOf(expected as AnswerJudge) : expected)
    put(compare)
    put(capability)
    if (weight !== undefined) put(weight)
    if (group !== undefined) put(`group ${group}`)
    const [low, high] = [first() | 0, second() | 0]
    this.count++
    this.first = (this.first + low) | 0
    this.second = (this.second + high) | 0
    this.third ^= Math.imul(low, 0x9e3779b1)
    this.fourth = (this.fourth + Math.imul(high, low | 1)) | 0
  }

  text(): string {
    return hash([this.count, [this.first, this.second, this.third, this.fourth].map((sum) => sum >>> 0)])
  }
}

/** The key of cases that are at hand. */
export function tableKey(cases: readonly Case[]): string {
  const key = new TableKey()
  for (const one of cases) key.add(one)
  return key.text()
}
