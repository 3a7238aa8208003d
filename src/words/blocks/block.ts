/** How a block reads as plain text. */
export interface BlockText<B> {
  /** Under a result, in a message: lines indented by two, at least. */
  lines?(block: B): readonly string[]
  /** In the space of a line; undefined where there is nothing to say in so few words. */
  brief?(block: B): string | undefined
}
