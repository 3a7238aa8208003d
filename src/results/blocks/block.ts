/** All that a kind of block knows to do with one of its own: how it reads as text, and what may be told of it. */
export interface BlockDefinition<B> {
  /** Under a result, as plain text: lines indented by two, at least; none where the result's own words say it. */
  lines?(block: B): readonly string[]
  /** In the space of a line; undefined where there is nothing to say in so few words. */
  brief?(block: B): readonly string[] | undefined
  /** The columns whose values it tells: as it says itself, else those that its result is about; `any` for whichever. */
  columns(block: B, about: readonly string[]): readonly string[] | 'any'
  /** What may be told of it where some of these columns are personal; without this nothing is. */
  hide?(block: B, secret: ReadonlySet<string>, about: readonly string[]): B | undefined
  /** The same with its texts of the data cut. */
  cut?(block: B, cut: (text: string) => string): B
  /** The same without what can be left out first when a result is too large. */
  spare?(block: B): B
  /** The least of it that still says something, where a run has too many; without this nothing is left of it. */
  least?(block: B): B
  /** Whether it is so small and telling that it stays when the rest of a result is too large to report. */
  readonly core?: true
}

/** Whether one of the columns is among the secret ones; `any` is where there are any. */
export function tellsOf(columns: readonly string[] | 'any', secret: ReadonlySet<string>): boolean {
  return columns === 'any' ? secret.size > 0 : columns.some((column) => secret.has(column))
}
