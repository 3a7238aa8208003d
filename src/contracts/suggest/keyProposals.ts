import type { Dataset } from '../../dataset/dataset.ts'
import type { DatasetSummary } from '../../results/runDocument.ts'
import { numberText } from '../../words/text/numbers.ts'
import { LEAST_VALUES, type Proposal } from './proposal.ts'

/** What people and things are called, and amounts, tell rows apart by accident only. */
const accidental =
  /name|title|label|description|comment|note|mail|address|url|amount|price|cost|total|sum|weight|height|width|length|size|score|value|rate|ratio|percent|temp|lat|lon/i
const named = /(^|[_-])(id|key|uuid|guid|code|no|number)$|Id$/i

/** The key that the columns' names say they are, where their values tell all rows apart. */
export function keyProposals({ rows, keys = [], columns }: DatasetSummary, dataset: Dataset): Proposal[] {
  if (dataset.key.length > 0 || rows < LEAST_VALUES) return []
  const type = (name: string) => columns.find((column) => column.name === name)?.type
  const able = keys.filter((key) =>
    key.every(
      (name) => ['integer', 'string'].includes(type(name) ?? '') && (named.test(name) || !accidental.test(name)),
    ),
  )
  const key = able.find((one) => one.some((name) => named.test(name)))
  if (!key) return []
  return [
    {
      constraint: `key ${key.join(', ')}`,
      evidence: `${numberText(rows)} rows, every one with ${key.length > 1 ? 'another combination' : 'another value'}`,
      rules: { key: [...key] },
      confidence: key.length > 1 ? 'low' : rows >= 300 ? 'high' : 'medium',
      because: key.length > 1 ? 'it may be an accident of these rows' : 'its name says that it tells rows apart',
    },
  ]
}
