import type { RunDocument } from '../results/runDocument.ts'
import type { Waiver } from '../results/waivers.ts'
import { isDataset } from '../dataset/dataset.ts'
import { AssayError } from '../errors.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import type { Check } from './check.ts'
import { checkSignal, described } from './receiver.ts'

/** What `evaluate` can be told. */
export interface EvaluateOptions {
  /**
   * Stops the queries when it aborts.
   * @example { signal: AbortSignal.timeout(60_000) }
   */
  readonly signal?: AbortSignal | undefined
  /**
   * The instant that checks of time compare with; default: the run's, else this moment.
   * @example { now: new Date('2026-01-01') }
   */
  readonly now?: Date
  /**
   * What earlier runs measured, for checks that compare with it (`change`): the file `history.jsonl` that stands beside a
   * report, or the run documents that were kept; default: that of the run, else none.
   * @example { history: 'report/history.jsonl' }
   */
  readonly history?: string | readonly RunDocument[]
  /**
   * Known failures that become `accepted`, e.g. `await readWaivers('assay.waivers.json')`; default: none.
   * @example { waivers: await readWaivers('assay.waivers.json') }
   */
  readonly waivers?: readonly Waiver[]
}

const HINT = 'give it checks, e.g. evaluate([rowCount(orders, { min: 1 }), uniqueKey(orders, "id")])'

/** The checks that `evaluate` was given. Throws AssayError `wrong-argument` when there is none, or one is no check. */
export function checkedChecks(checks: unknown): readonly Check[] {
  const list: readonly unknown[] = Array.isArray(checks) ? checks : [checks]
  if (list.length === 0) throw new AssayError('wrong-argument', 'evaluate got no check at all', { hint: HINT })
  // Not every(): it passes over the holes of an array.
  for (let i = 0; i < list.length; i++) {
    if (isCheck(list[i])) continue
    const place = Array.isArray(checks) ? ` at place ${i + 1} of its list` : ''
    const hint = list[i] instanceof Promise ? `wait for it: evaluate(await …). ${HINT}` : HINT
    throw new AssayError('wrong-argument', `evaluate got ${described(list[i])}${place}, which is no check`, { hint })
  }
  return list as readonly Check[]
}

function isCheck(value: unknown): value is Check {
  if (typeof value !== 'object' || value === null) return false
  const { type, kind, title, expected, subject, question } = value as Partial<Check>
  if (![kind, title, expected, subject?.name].every((text) => typeof text === 'string')) return false
  if (![question?.about, question?.statement, question?.limits].every(isPlainObject)) return false
  const { inputs, metrics, judge, run, expand } = value as Record<string, unknown>
  if (inputs !== undefined && !(Array.isArray(inputs) && inputs.every(isDataset))) return false
  if (type === 'measured')
    return Array.isArray(inputs) && inputs.length === 1 && typeof metrics === 'function' && typeof judge === 'function'
  return typeof (type === 'run' ? run : type === 'group' ? expand : undefined) === 'function'
}

/** The options of `evaluate`. Throws AssayError `wrong-argument` that names what is wrong with them. */
export function checkedEvaluateOptions(options: EvaluateOptions | undefined): EvaluateOptions {
  if (isCheck(options))
    throw new AssayError('wrong-argument', 'evaluate got a check in place of options', {
      hint: 'several checks stand in one list: evaluate([…, …])',
    })
  const own = ownOptions('evaluate', options, ['signal', 'now', 'history', 'waivers'])
  const { signal, now, history, waivers } = own as Readonly<Record<keyof EvaluateOptions, unknown>>
  const wrong = (name: string, value: unknown, hint: string): AssayError =>
    new AssayError('wrong-argument', `evaluate got ${described(value)} as ${name}`, { hint })
  checkSignal(signal, 'evaluate')
  if (now !== undefined && !(now instanceof Date && !Number.isNaN(now.getTime())))
    throw wrong('now', now, 'give a valid Date')
  const isRun = (run: unknown): boolean =>
    isPlainObject(run) && typeof run.at === 'string' && Array.isArray(run.results)
  const isHistory =
    typeof history === 'string' ? history !== '' : Array.isArray(history) && Array.from(history).every(isRun)
  if (history !== undefined && !isHistory)
    throw wrong(
      'history',
      history,
      "give the file that stands beside a report, 'report/history.jsonl', or run documents",
    )
  if (waivers !== undefined && !Array.isArray(waivers))
    throw wrong('waivers', waivers, "give a list: await readWaivers('assay.waivers.json')")
  return own
}
