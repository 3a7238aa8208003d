import type { MatcherDefinition } from './define.ts'

/** A matcher that loads when it is first used. */
export interface LazyMatcher<A extends readonly unknown[]> {
  load(): Promise<MatcherDefinition<A>>
}

/** Wraps a dynamic import of a matcher module. */
export function lazy<A extends readonly unknown[]>(
  load: () => Promise<{ default: MatcherDefinition<A> }>,
): LazyMatcher<A> {
  return { load: async () => (await load()).default }
}
