import type { Assertion } from 'vitest'
import type { LazyMatcher, matchers } from './index.ts'

type Matchers = typeof matchers
type Arguments<M> = M extends LazyMatcher<infer A, infer _> ? A : never
type Judged<M> = M extends LazyMatcher<infer _, infer R> ? R : never

// vitest 4 has `Assertion<T>`, vitest 5 `Assertion<R, T>` with R void or a promise of it.
type Received<A> = A extends Assertion<infer T> ? ([T] extends [void | Promise<void>] ? Second<A> : T) : unknown
type Second<A> =
  /** @ts-ignore vitest 4 has one parameter */
  A extends Assertion<infer _, infer T> ? T : unknown

/** What `this` must be besides: nothing, or what it cannot be where something stands in `expect(…)` that is not judged. */
type Judging<A, R, K extends string> =
  unknown extends Received<A>
    ? unknown
    : [Received<A>] extends [R]
      ? unknown
      : { readonly [_ in `${K} does not judge what stands in expect(…)`]: R }

/** The matchers as methods of `expect(…)`, derived from their definitions. */
export type AssayMatchers = {
  [K in keyof Matchers]: <A>(
    this: A & Judging<A, Judged<Matchers[K]>, K>,
    ...args: Arguments<Matchers[K]>
  ) => Promise<void>
}

declare global {
  // Chai's interface takes no type parameters, so one augmentation fits vitest 4 and 5.
  namespace Chai {
    interface Assertion extends AssayMatchers {}
  }
}
