import { parts as comparing } from './texts.ts'

/** A text with none of several parts. */
export const containsNone = comparing(
  'containsNone',
  (text, parts) => !parts.some((part) => text.includes(part)),
  (all) => `something without ${all}`,
)
