import { textOf } from '../errors.ts'
import { checkedText, onNumber, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Gives the number in a field in another unit: multiplied by a factor, e.g. 1000 for kilometres as metres. */
export function scaled(field: string, factor: number): Perturbation {
  checkedText('scaled', field, 'field')
  if (!(typeof factor === 'number' && Number.isFinite(factor) && factor !== 0 && factor !== 1))
    throw wrong('scaled', `got factor: ${textOf(factor)}`, 'factor is a number that changes others, e.g. 1000')
  return onNumber(field, {
    name: `${field} × ${factor}`,
    change: (value) => value * factor,
  })
}
