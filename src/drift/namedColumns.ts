import { OTHERS } from './byColumn.ts'
import type { DriftOptions } from './options.ts'
import { namesIn } from './roles.ts'

/** The columns that are asked about by name, so that each gets a verdict: in a setting, or as label or prediction. */
export function askedColumns({ limit, method, confidence, onInconclusive, roles }: DriftOptions): readonly string[] {
  const keys = [limit, method, confidence, onInconclusive].flatMap((setting) =>
    typeof setting === 'object' ? Object.keys(setting) : [],
  )
  return [...keys.filter((name) => name !== OTHERS), ...namesIn(roles?.label), ...namesIn(roles?.prediction)]
}

/** The columns that say which rows of both sides are the same. */
export const joinedBy = ({ joinBy = [] }: DriftOptions): readonly string[] => [joinBy].flat()

/** The columns that options name. */
export function namedColumns(options: DriftOptions): readonly string[] {
  const { columns = [], except = [] } = options
  const roles = Object.values(options.roles ?? {}).flatMap(namesIn)
  const clusters = [options.clusterBy, options.segmentBy, options.windows?.time, ...joinedBy(options)].filter(
    (name) => name !== undefined,
  )
  return [...new Set([...columns, ...except, ...askedColumns(options), ...roles, ...clusters])]
}
