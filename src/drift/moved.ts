import { numberText, shareText } from '../words/text/numbers.ts'
import type { Sizes } from '../stats/shareDifference.ts'
import { type Category, sharesIn, sharesOf } from './categoryTable.ts'

const SHOWN = 3

/** A share that changed: `10.0 % → 31.0 %`. */
export function shareMoved(before: number, after: number): string {
  return `${shareText(before, [after])} → ${shareText(after, [before])}`
}

/** Which categories moved most, which are new and which are gone, from reference to current. Names are left out of secret columns; `sizes` are the rows where the table counts each more than once. */
export function categoriesMoved(
  table: readonly Category[],
  secret: boolean,
  { sizes, none = 'nothing moved' }: { readonly sizes?: Sizes | undefined; readonly none?: string } = {},
): string {
  const share = sizes ? sharesIn(sizes) : sharesOf(table)
  const by = (list: readonly Category[]) =>
    [...list]
      .map((category) => ({ ...category, share: share(category) }))
      .sort((a, b) => Math.abs(b.share.current - b.share.reference) - Math.abs(a.share.current - a.share.reference))
  const fresh = by(table.filter(({ reference }) => reference === 0))
  const lost = by(table.filter(({ current }) => current === 0))
  const kept = by(table.filter((one) => one.current > 0 && one.reference > 0 && changed(share(one))))
  const parts: string[] = []
  const name = (category: Category) => (secret && category.name.startsWith('"') ? 'a category' : category.name)
  const listed = (list: typeof fresh, describe: (one: (typeof fresh)[number]) => string) => {
    const more = list.length > SHOWN ? ` and ${numberText(list.length - SHOWN)} more` : ''
    return list.slice(0, SHOWN).map(describe).join(', ') + more
  }
  if (kept.length > 0)
    parts.push(listed(kept, (one) => `${name(one)} ${shareMoved(one.share.reference, one.share.current)}`))
  if (fresh.length > 0) parts.push(`new: ${listed(fresh, (one) => `${name(one)} (${shareText(one.share.current)})`)}`)
  if (lost.length > 0)
    parts.push(`lost: ${listed(lost, (one) => `${name(one)} (was ${shareText(one.share.reference)})`)}`)
  return parts.join('; ') || none
}

const changed = ({ current, reference }: { current: number; reference: number }): boolean => current !== reference
