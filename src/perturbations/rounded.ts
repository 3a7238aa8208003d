import { textOf } from '../errors.ts'
import { checkedText, onNumber, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Rounds the number in a field to so many decimal places. */
export function rounded(field: string, decimals = 0): Perturbation {
  checkedText('rounded', field, 'field')
  if (!Number.isInteger(decimals) || decimals < 0 || decimals > 15)
    throw wrong('rounded', `got decimals: ${textOf(decimals)}`, 'decimals is a whole number from 0 to 15')
  return onNumber(field, {
    name: `${field} rounded to ${decimals} decimals`,
    change: (value) => Number(value.toFixed(decimals)),
  })
}
