import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes a text that is JSON with other white space; what it says stays as it is written, digit by digit. */
export function jsonSpacing(): Perturbation {
  return onText({
    name: 'other white space in JSON',
    change(text) {
      if (!/^\s*[[{]/.test(text)) return undefined
      try {
        JSON.parse(text)
      } catch {
        return undefined
      }
      const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? []
      const wide = indented(tokens)
      return wide === text ? tokens.join('') : wide
    },
  })
}

/** Steps that lines are indented at most: deeper ones would be longer than what they hold. */
const DEEPEST = 50

function indented(tokens: readonly string[]): string {
  let depth = 0
  const line = (): string => `\n${'  '.repeat(Math.min(depth, DEEPEST))}`
  return tokens
    .map((token, i) => {
      const isEmpty = /[[{]/.test(tokens[i - 1] ?? '') && (tokens[i - 1] as string).length === 1
      if (token === ':') return ': '
      if (token === ',') return `,${line()}`
      if (token === '{' || token === '[') {
        depth++
        return /^[}\]]$/.test(tokens[i + 1] ?? '') ? token : token + line()
      }
      if (token !== '}' && token !== ']') return token
      depth--
      return isEmpty ? token : line() + token
    })
    .join('')
}
