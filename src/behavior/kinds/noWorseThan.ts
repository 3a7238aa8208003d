import type { RunCheck } from '../../checks/check.ts'
import type { Model } from '../../models/model.ts'
import type { NoWorseOptions } from '../comparison/comparison.ts'
import { comparisonCheck } from '../comparison/comparisonCheck.ts'

/**
 * The model is no worse than another, or than predictions of an earlier release, by more than `margin`: both are asked the
 * same cases, and what broke is set against what was fixed. `pass` where the interval of the difference lies above minus
 * the margin, `fail` where it lies below, else `inconclusive`. Where neither `margin` nor `confidence` asks for a guarantee, it
 * passes too where nothing broke. Of right answers the interval leaves out 0 where McNemar's exact test does,
 * of a `score` it comes of a paired bootstrap; cases with weights count by them. A case that either model has no answer to
 * is an error; where the verdict hangs on such cases, or the other model has no answer at all, it is one.
 */
export function noWorseThan(model: Model, other: Model, options: NoWorseOptions): RunCheck {
  return comparisonCheck(model, other, options, {
    kind: 'noWorseThan',
    aim: 'no worse',
    title: `no worse than ${other?.name}`,
  })
}
