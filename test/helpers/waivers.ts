import { evaluate } from '../../src/checks/evaluate.ts'
import { valuesBetween } from '../../src/checks/index.ts'
import { dataset } from '../../src/dataset/dataset.ts'
import type { Waiver } from '../../src/results/waivers.ts'

export const orders = dataset([{ amount: -1 }, { amount: 5 }], { name: 'orders' })
export const broken = valuesBetween(orders.column('amount'), { min: 0 })
export const [failing] = await evaluate(broken)
export const id = (failing as { id: string }).id
export const other = 'orders.amount.valuesBetween~0123456789ab'

/** A waiver of the failing check. */
export function waiver(overrides: Partial<Waiver> = {}): Waiver {
  return { check: id, owner: 'dana', reason: 'refunds are negative', until: '2996-11-30', ...overrides }
}
export const text = (...waivers: unknown[]): string => JSON.stringify({ waivers })
export const at = (instant: string): { now: Date } => ({ now: new Date(instant) })

/** What was thrown, without the hint. */
export async function problem(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    return (error as Error).message.replace(/\n {2}hint: [\s\S]*/, '')
  }
  return 'nothing'
}
