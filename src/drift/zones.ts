import type { Column } from '../engine/engine.ts'
import type { ColumnPair } from './pairs.ts'

/** What the times of a column stand for, where it can be told: instants, or a clock's face without a zone. */
const zoned = ({ type, instants }: Column): boolean | undefined =>
  type === 'timestamptz' || (type === 'timestamp' && instants === true)
    ? true
    : type === 'timestamp'
      ? false
      : undefined

/** The pairs that have times with a zone on one side, and without on the other. */
export function zonesDiffer(pairs: readonly ColumnPair[]): readonly ColumnPair[] {
  return pairs.filter(({ current, reference }) => {
    const [here, there] = [zoned(current), zoned(reference)]
    return here !== undefined && there !== undefined && here !== there
  })
}

/** What is said of them. */
export function zoneWords(pairs: readonly ColumnPair[]): string {
  const names = pairs.map(
    ({ current }) =>
      `${JSON.stringify(current.name)} (${zoned(current) ? 'not in the reference' : 'only in the reference'})`,
  )
  return `times have a zone on one side alone: ${names.join(', ')}; those without are read in the zone of their dataset, UTC unless it says otherwise\n  hint: say it, e.g. dataset(path, { timezone: 'Europe/Berlin' })`
}
