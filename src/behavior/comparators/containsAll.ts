import { parts as comparing } from './texts.ts'

/** A text with each of several parts. */
export const containsAll = comparing(
  'containsAll',
  (text, parts) => parts.every((part) => text.includes(part)),
  (all) => `something with all of ${all}`,
)
