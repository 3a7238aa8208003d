import { type CellValue, isOneOf } from '../../cells/cellValue.ts'
import type { Column } from '../../engine/engine.ts'
import { discreetTypeWords, typeWords } from '../../engine/typeWords.ts'
import { AssayError } from '../../errors.ts'
import { countWhere } from '../../metrics/kinds/countWhere.ts'
import { isNumeric } from '../../metrics/metric.ts'
import { sql } from '../../sql/sql.ts'
import { countText, exactShare } from '../../words/text/numbers.ts'
import { cellIn, reading } from '../forms/rowRule.ts'
import type { AskedDistribution } from '../parameters/distribution.ts'
import { askedFor } from '../kinds/valuesIn.ts'
import type { DistributionQuestion } from './asking.ts'
import { deviationOf } from './statements.ts'
import { sumOf } from '../../stats/sumOf.ts'

type Asked = Extract<AskedDistribution, { kind: 'shares' }>

const REST = 'all others'

/** A share of each value that is named, and what is left for all others together. */
export function askedShares({ list, rest }: Asked, name: string): DistributionQuestion {
  const words = list.map(({ value, share }) => `${JSON.stringify(value)} ${exactShare(share)}`)
  const more = words.length > 8 ? ` and ${words.length - 8} more` : ''
  const asks = list.every(({ value }) => isPlain(value)) ? undefined : askedFor(list.map(({ value }) => value))
  return {
    title: `shares ${words.slice(0, 8).join(', ')}${more}`,
    discreetTitle: `shares of ${countText(list.length, 'value')}`,
    unit: 'deviation of a share',
    meaning: 'largest difference of a share and what it is said to be',
    most: Math.max(...[...list.map(({ share }) => share), rest].map((share) => Math.max(share, 1 - share))),
    reading: asks === undefined ? {} : { read: reading(name, asks) },
    metrics: (context) =>
      Object.fromEntries(
        list.map(({ value }, i) => [
          String(i),
          countWhere({
            key: `is ${JSON.stringify(value)}`,
            columns: [name],
            sql: (within) => {
              const { column, value: cell } = cellIn(within, name)
              return sql`(${cell} is not null and ${isOneOf(cell, column, [valueFor(value, column)], context.dialect)})`
            },
          }),
        ]),
      ),
    deviation(values, n) {
      const counts = list.map((_, i) => Number(values[String(i)]))
      const others = n - sumOf(counts)
      const all = [
        ...list.map(({ value, share }, i) => ({
          label: value,
          name: JSON.stringify(value),
          expected: share,
          count: counts[i] as number,
        })),
        { label: REST, name: REST, expected: rest, count: others },
      ]
      const statements = all.map((one) => ({ ...one, most: one.count, least: one.count }))
      const shown = all.filter(({ expected, count }) => expected + count > 0)
      return {
        ...deviationOf(statements, n),
        charts: [
          {
            kind: 'distributions',
            type: 'categories',
            labels: shown.map(({ label }) => label),
            current: shown.map(({ count }) => count),
            reference: shown.map(({ expected }) => expected * n),
          },
        ],
      }
    },
  }
}

/** Whether a name is that of a number, or of true or false, which columns of those are asked for by. */
const isPlain = (value: string): boolean =>
  value === 'true' || value === 'false' || (String(Number(value)) === value && Number.isFinite(Number(value)))

/** What a name stands for in a column. */
function valueFor(value: string, column: Column): CellValue {
  if (column.type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  if (!isNumeric(column) || value.trim() === '') return value
  if (/^-?\d+$/.test(value)) return BigInt(value)
  const number = Number(value)
  if (Number.isFinite(number)) return number
  const holding = (words: string): string => `column ${JSON.stringify(column.name)} holds ${words}`
  throw new AssayError('wrong-type', `${holding(typeWords(column))}, not ${JSON.stringify(value)}`, {
    hint: 'name values that it can hold',
    discreet: `${holding(discreetTypeWords(column))}, not such ones`,
  })
}
