import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const names = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

/** Writes whole numbers up to twelve as words. */
export function numberWords(): Perturbation {
  return onText({
    name: 'numbers as words',
    change: (text) =>
      text.replace(
        /(?<![\p{L}\p{N}\p{Sc}#.,:/_-])(?:1[0-2]|\d)(?![\p{L}\p{N}\p{Sc}%°:/_-]|[.,]\d)/gu,
        (digits) => names[Number(digits)] ?? digits,
      ),
  })
}
