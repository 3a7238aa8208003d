import { missingCount } from '../../metrics/kinds/missingCount.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { categoryCounts } from '../categoryCounts.ts'
import type { Compare } from '../comparedAs.ts'
import type { DriftMethod } from '../drift.ts'
import { measure } from '../../checks/measure.ts'
import { type PeerName, peerMethod, peers } from './index.ts'
import { AssayError } from '../../errors.ts'
import type { ColumnPair } from '../pairs.ts'
import { numeric, type Peer } from './peer.ts'
import { sumOf } from '../../stats/sumOf.ts'

/** The method that a library takes for a column by default: by its type, the reference's rows with a value and how many values there are. */
export async function usualMethod(
  library: PeerName,
  { pair, current, reference }: Compare,
  signal: AbortSignal | undefined,
): Promise<DriftMethod> {
  const peer = peers[library] as Peer
  const isNumber = numeric(pair.current.type) && numeric(pair.reference.type)
  if (numeric(pair.current.type) !== numeric(pair.reference.type)) throw differs(library, pair)
  const [here, there] = await Promise.all([
    measure(current, { counts: categoryCounts(pair.current.name) }, signal),
    measure(
      reference,
      {
        counts: categoryCounts(pair.reference.name),
        rows: rowCount(),
        missing: missingCount(pair.reference.name),
      },
      signal,
    ),
  ])
  const isNone = (key: string) => isNumber && !Number.isFinite(Number(key))
  const keys = [here, there].flatMap(({ values }) => [...values.counts.counts.keys()]).filter((key) => !isNone(key))
  const { rows: all, missing, counts } = there.values
  const none = sumOf([...counts.counts].map(([key, count]) => (isNone(key) ? count : 0)))
  return peerMethod(
    library,
    peer.usual({ numeric: isNumber, rows: all - missing - none, distinct: new Set(keys).size }),
  )
}

/** Of a column without any value, too, a library would have another type, and no number. */
function differs(library: PeerName, { current, reference }: ColumnPair): AssayError {
  return new AssayError(
    'wrong-type',
    `column ${JSON.stringify(current.name)} holds ${current.type} values in the current data and ${reference.type} values in the reference: ${library} has no number for that`,
    {
      hint: 'read both as one type, e.g. dataset(path, { types: { … } }), or name the column in `except`; a side without any value is drift without compat',
    },
  )
}
