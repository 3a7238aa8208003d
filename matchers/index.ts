import { lazy } from './lazy.ts'

/** Every matcher; each loads when it is first used. */
export const matchers = {
  toHaveValuesBetween: lazy(() => import('./toHaveValuesBetween.ts')),
}
