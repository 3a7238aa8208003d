import { type ShareStatement, shareDeviation, shareIsBeyond, shareIsWithin } from '../../stats/shareWithin.ts'
import { normalQuantile } from '../../stats/normalQuantile.ts'
import { countText, shareText } from '../../words/text/numbers.ts'
import type { Deviation } from './asking.ts'

/** A statement about a share, with its name in words. */
export interface NamedStatement extends ShareStatement {
  readonly name: string
}

const SHOWN = 3

/**
 * The largest deviation of several shares. Fails are corrected for their number (Bonferroni); passes are not, since each
 * share must pass its own test (an intersection-union test, Berger 1982).
 */
export function deviationOf(statements: readonly NamedStatement[], n: number): Omit<Deviation, 'charts'> {
  // Of two shares that come to 1 each says what the other says.
  const pair = statements.length === 2 && statements.every(({ most, least }) => most === least)
  const sum = statements.reduce((all, { expected }) => all + expected, 0)
  const complementary = pair && Math.abs(sum - 1) < 1e-9
  const apart = (complementary ? statements.slice(0, 1) : statements)
    .map((statement) => ({ ...statement, deviation: shareDeviation(statement, n) }))
    .toSorted((a, b) => b.deviation - a.deviation)
  const moved = apart.filter(({ deviation }) => deviation > 0)
  const more = moved.length > SHOWN ? ` and ${moved.length - SHOWN} more` : ''
  const summary = (words: (one: (typeof moved)[number]) => string): string =>
    `${moved.slice(0, SHOWN).map(words).join(', ') || 'as it is said'}${more} (${countText(n, 'value')})`
  const share = ({ expected, most, least }: ShareStatement): string => {
    const seen = most / n < expected ? most / n : least / n
    return `${shareText(seen, [expected])}, not ${shareText(expected, [seen])}`
  }
  return {
    effect: apart[0]?.deviation ?? 0,
    over: (limit) => Math.min(1, apart.length * Math.min(...statements.map((one) => shareIsWithin(one, n, limit)))),
    under: (limit) => Math.max(...statements.map((one) => shareIsBeyond(one, n, limit))),
    rowsToDecide: ({ limit, level }) =>
      Math.max(
        ...statements.map(({ expected }) => {
          const both = expected - limit > 0 && expected + limit < 1
          const z = normalQuantile(1 - level) + normalQuantile(both ? 0.95 : 0.9)
          // The share at the limit varies as much as the one that is said, or more.
          const varies = Math.max(
            ...[expected - limit, expected, expected + limit].map((p) => (p > 0 && p < 1 ? p * (1 - p) : 0)),
          )
          return (z / limit) ** 2 * varies
        }),
      ),
    message: summary((one) => `${one.name} ${share(one)}`),
    discreetMessage: summary(share),
  }
}
