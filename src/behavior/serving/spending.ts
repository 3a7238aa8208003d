import type { Usage } from '../../models/answer.ts'
import type { CallsBlock } from '../../results/blocks/calls.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { isAt } from '../atLimit.ts'

/** What calls may use, as the model tells it of its answers. */
export const spendingNames = ['cost', 'maxCost', 'tokens', 'maxTokens'] as const
export type SpendingName = (typeof spendingNames)[number]
export type SpendingLimits = readonly (readonly [SpendingName, number])[]

const words: Readonly<Record<SpendingName, string>> = {
  cost: 'mean cost',
  maxCost: 'greatest cost',
  tokens: 'mean tokens',
  maxTokens: 'most tokens',
}

/** The limits in words. */
export const spendingWords = (limits: SpendingLimits): readonly string[] =>
  limits.map(([name, limit]) => `${words[name]} of a call at most ${numberText(limit)}`)

/** One of the things that calls use. */
class Used {
  count = 0
  sum = 0
  most = 0

  add(value: number | undefined): void {
    if (value === undefined || !(value >= 0)) return
    this.count++
    this.sum += value
    this.most = Math.max(this.most, value)
  }
}

/** What the answers used so far. */
export class Spending {
  private answers = 0
  private readonly cost = new Used()
  private readonly input = new Used()
  private readonly output = new Used()
  private readonly tokens = new Used()

  add({ cost, inputTokens, outputTokens }: Usage = {}): void {
    this.answers++
    this.cost.add(cost)
    this.input.add(inputTokens)
    this.output.add(outputTokens)
    // A call of which one side is unknown took an unknown number.
    if (inputTokens !== undefined && outputTokens !== undefined) this.tokens.add(inputTokens + outputTokens)
  }

  /** What of the limits cannot be judged, since not all answers tell it. */
  unknown(limits: SpendingLimits): string | undefined {
    for (const [name] of limits) {
      const { count } = this.usedBy(name)
      if (count < this.answers)
        return `${countText(this.answers - count, 'answer')} of ${numberText(this.answers)} ${this.answers - count === 1 ? 'tells' : 'tell'} no ${/cost/i.test(name) ? 'cost' : 'tokens'}`
    }
    return undefined
  }

  /** What was used; a mean cost that is its limit but for rounding is the limit. */
  value([name, limit]: SpendingLimits[number]): number {
    const { sum, most } = this.usedBy(name)
    if (name === 'maxCost' || name === 'maxTokens') return most
    const mean = sum / this.answers
    return name === 'cost' && isAt(mean, limit) ? limit : mean
  }

  measured(limits: SpendingLimits): readonly string[] {
    return limits.map((limit) => `${words[limit[0]]} ${numberText(Number(this.value(limit).toPrecision(4)))}`)
  }

  /** Sums over all calls, of what all answers tell. */
  block(): Pick<CallsBlock, 'inputTokens' | 'outputTokens' | 'cost'> {
    const whole = ({ count, sum }: Used): number | undefined =>
      count > 0 && count === this.answers ? Number(sum.toPrecision(12)) : undefined
    const [cost, inputTokens, outputTokens] = [whole(this.cost), whole(this.input), whole(this.output)]
    return {
      ...(inputTokens === undefined ? {} : { inputTokens }),
      ...(outputTokens === undefined ? {} : { outputTokens }),
      ...(cost === undefined ? {} : { cost }),
    }
  }

  private usedBy(name: SpendingName): Used {
    return name === 'cost' || name === 'maxCost' ? this.cost : this.tokens
  }
}
