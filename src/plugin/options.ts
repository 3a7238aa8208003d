import { AssayError } from '../errors.ts'
import { checkedBudget, type RunBudget } from '../models/runBudget.ts'
import { ownOptions } from '../options.ts'
import type { ReportOptions } from '../../reporters/vitest.ts'

/** Options of the vitest plugin. */
export interface AssayOptions extends ReportOptions {
  /**
   * What becomes of an assertion that was not awaited: `settle` (default) counts its verdict, `error` fails the test.
   * @example assay({ unawaited: 'error' })
   */
  readonly unawaited?: 'settle' | 'error'
  /**
   * The file of waivers, relative to the vitest root; default `assay.waivers.json`, where it exists.
   * @example assay({ waivers: 'quality/waivers.json' })
   */
  readonly waivers?: string
  /**
   * How the report describes the columns of datasets: `summary` (default) by the first 2,000 rows and what the checks
   * counted, which costs next to nothing; `full` by all rows, as `assay profile` does.
   * @example assay({ profile: 'full' })
   */
  readonly profile?: 'summary' | 'full'
  /**
   * What all tests of a run may spend on models, together: `calls`, inputs that they are asked, and `cost`, as their
   * answers tell it. `ASSAY_BUDGET_CALLS` and `ASSAY_BUDGET_COST` in the environment have the last word. An assertion for
   * which it does not reach is `inconclusive` and fails.
   * @example assay({ budget: { calls: 10_000, cost: 5 } })
   */
  readonly budget?: RunBudget
}

/** What each option of the plugin can be, in words, and whether a value is that. The budget says itself what it can be. */
const known: Readonly<Record<keyof AssayOptions, readonly [hint: string, fits: (value: unknown) => boolean]>> = {
  report: ["it is a folder, e.g. 'quality', or false, which writes none", (value) => value === false || isText(value)],
  title: ["it is a text, e.g. 'Orders, nightly'", isText],
  unawaited: ["it is 'settle' or 'error'", (value) => value === 'settle' || value === 'error'],
  waivers: ["it is a file, e.g. 'data/waivers.json'; leave it out for assay.waivers.json, where that exists", isText],
  profile: ["it is 'summary' or 'full'", (value) => value === 'summary' || value === 'full'],
  budget: ['', () => true],
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== ''
}

/**
 * Looks at the options of the plugin: a configuration whose types nobody checks may hold anything. Throws AssayError
 * `wrong-argument` for a name that is not known, with the nearest one, and for what an option cannot be.
 */
export function checkOptions(options: AssayOptions): void {
  const own = ownOptions('assay()', options, Object.keys(known))
  for (const [name, [hint, fits]] of Object.entries(known)) {
    const value = own[name as keyof AssayOptions]
    if (value === undefined || fits(value)) continue
    throw new AssayError('wrong-argument', `assay() got ${name}: ${JSON.stringify(value) ?? typeof value}`, { hint })
  }
  if (own.budget !== undefined) checkedBudget(own.budget, 'assay({ budget })')
}
