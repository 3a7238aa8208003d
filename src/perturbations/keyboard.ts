import { type AmountOptions, atCharacters, likeCase, onText, seedOptions } from './define.ts'
import type { Perturbation } from './perturbation.ts'

const rows = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']

/** Letters beside each letter: in its row, and below and above. */
const beside: Readonly<Record<string, string>> = Object.fromEntries(
  rows.flatMap((row, r) =>
    Array.from(row, (letter, i) => [
      letter,
      [row[i - 1], row[i + 1], rows[r - 1]?.[i], rows[r - 1]?.[i + 1], rows[r + 1]?.[i], rows[r + 1]?.[i - 1]].join(''),
    ]),
  ),
)

/** Strikes the key beside the right one, `n` times, on a QWERTY keyboard. */
export function keyboard(options: AmountOptions = {}): Perturbation {
  const { n = 1, seed } = seedOptions('keyboard', options, ['n'])
  return onText({
    name: `keyboard slips (${n})`,
    seed,
    change: (text, draw) =>
      atCharacters(text, n, draw, (character, { pick }) => {
        const near = beside[character.toLowerCase()]
        return near && likeCase(pick(Array.from(near)), character)
      }),
  })
}
