import type {} from 'vitest'
import type { LazyMatcher, matchers } from './index.ts'

type Arguments<M> = M extends LazyMatcher<infer A> ? A : never

/** The matchers as methods of `expect(…)`, derived from their definitions. */
export type AssayMatchers = {
  [K in keyof typeof matchers]: (...args: Arguments<(typeof matchers)[K]>) => Promise<void>
}

declare global {
  // Chai's interface takes no type parameters, so one augmentation fits vitest 4 and 5.
  namespace Chai {
    interface Assertion extends AssayMatchers {}
  }
}
