import { parts as comparing } from './texts.ts'

/** A text with at least one of several parts. */
export const containsAny = comparing(
  'containsAny',
  (text, parts) => parts.some((part) => text.includes(part)),
  (all) => `something with one of ${all}`,
)
