import { kindOf } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { likeCase, onText, type SeedOptions, seedOptions, wordsOf, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Puts words that mean the same in place of others, from a table: `{ film: 'movie', hello: ['hi', 'hey'] }`. */
export function paraphrased(
  table: Readonly<Record<string, string | readonly string[]>>,
  options: SeedOptions = {},
): Perturbation {
  const { seed } = seedOptions('paraphrased', options)
  const hint = "say what may stand for what, e.g. { film: 'movie' }"
  if (!isPlainObject(table)) throw wrong('paraphrased', `got ${kindOf(table)} as table`, hint)
  const entries = new Map(
    Object.entries(table).map(([word, other]) => {
      const others = typeof other === 'string' ? [other] : other
      if (!Array.isArray(others) || others.length === 0 || others.some((one) => typeof one !== 'string' || one === ''))
        throw wrong('paraphrased', `got ${kindOf(other)} for ${JSON.stringify(word)}`, hint)
      return [word.toLowerCase(), others as readonly string[]]
    }),
  )
  if (entries.size === 0) throw wrong('paraphrased', 'got an empty table', hint)
  const pattern = wordsOf([...entries.keys()], 'giu')
  return onText({
    name: `paraphrased (${entries.size} ${entries.size === 1 ? 'entry' : 'entries'})`,
    seed,
    identity: entries,
    change: (text, { pick }) =>
      text.replace(pattern, (word) => likeCase(pick(entries.get(word.toLowerCase()) ?? [word]), word)),
  })
}
