import { type Dataset, type DatasetColumn, isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { AssayError } from '../src/errors.ts'
import { isModel, type Model } from '../src/models/model.ts'
import type { CheckResult } from '../src/results/checkResult.ts'
import type { Declared } from '../src/checks/asked.ts'
import type { Check } from '../src/checks/check.ts'

/** What a matcher may look at besides its arguments. */
export interface MatcherContext {
  readonly isNot: boolean
  /** The test file. */
  readonly testPath: string
  readonly taskId: string
  /** vitest's own state of the snapshots of the test file. */
  readonly snapshotState: unknown
  /** Aborts when the test is stopped. */
  readonly signal: AbortSignal
}

/** A matcher: turns what stands in `expect(…)` and its arguments into a check. */
export interface MatcherDefinition<A extends readonly unknown[] = readonly unknown[], R = unknown> {
  /** Never there: its type is that of what stands in `expect(…)`. */
  readonly judges?: R
  /** Why `.not` makes no sense here, as the end of "…, because". */
  readonly refusesNot?: string
  /** A failure lists what broke worst first, not as it was asked. */
  readonly worstFirst?: boolean
  check(received: unknown, args: A, context: MatcherContext): Check | Promise<Check>
  /** Called with what the check found. */
  settled?(check: Check, results: readonly CheckResult[], context: MatcherContext): void
  /** What to say first when the assertion fails, before each result. */
  explain?(check: Check, results: readonly CheckResult[], context: MatcherContext): Promise<string | undefined>
}

/** Defines a matcher over a dataset (a slice is one too). */
export function onDataset<A extends readonly unknown[]>(
  name: string,
  make: (dataset: Dataset, ...args: A) => Check | Promise<Check>,
): MatcherDefinition<A, Dataset> {
  return {
    check: (received, args) => {
      if (isDataset(received)) return make(received, ...args)
      throw wrongReceived(
        name,
        received,
        'a dataset',
        isDatasetColumn(received) ? 'drop .column(…)' : `expect(dataset('data.csv')).${name}(…)`,
      )
    },
  }
}

/** Defines a matcher over a column of a dataset. */
function onColumn<A extends readonly unknown[]>(
  name: string,
  make: (column: DatasetColumn, ...args: A) => Check | Promise<Check>,
): MatcherDefinition<A, DatasetColumn> {
  return {
    check: (received, args) => {
      if (isDatasetColumn(received)) return make(received, ...args)
      throw wrongReceived(name, received, 'a column', `expect(dataset.column('name')).${name}(…)`)
    },
  }
}

/** The matcher of a kind of check. */
export function ofKind<A extends readonly unknown[], R>(
  kind: Declared & ((receiver: R, ...args: A) => Check),
): MatcherDefinition<A, R> {
  const make = kind as unknown as (receiver: unknown, ...args: A) => Check
  return kind.receiver === 'column'
    ? (onColumn(kind.matcher, make) as MatcherDefinition<A, never>)
    : (onDataset(kind.matcher, make) as MatcherDefinition<A, never>)
}

/** Defines a matcher over a model. */
export function onModel<A extends readonly unknown[]>(
  name: string,
  make: (model: Model, ...args: A) => Check | Promise<Check>,
): MatcherDefinition<A, Model> {
  return {
    check: (received, args) => {
      if (isModel(received)) return make(received, ...args)
      throw wrongReceived(name, received, 'a model', `expect(model('name@1', fn)).${name}(…)`)
    },
  }
}

/** The error for something in `expect(…)` that the matcher can't judge. */
export function wrongReceived(name: string, received: unknown, wanted: string, hint: string): AssayError {
  return new AssayError('wrong-use', `${name} judges ${wanted}, but expect() got ${describe(received)}`, {
    hint: `try: ${hint}`,
  })
}

function describe(received: unknown): string {
  if (isDataset(received)) return `the dataset ${JSON.stringify(received.name)}`
  if (isDatasetColumn(received)) return `the column ${JSON.stringify(received.name)}`
  if (received === null || received === undefined) return String(received)
  if (typeof received === 'string') return `the text ${JSON.stringify(received.slice(0, 60))}`
  if (typeof received === 'object' && 'then' in received) return 'a promise'
  return Array.isArray(received) ? 'an array' : `a value of type ${typeof received}`
}
