import type { Column, Relation } from '../../engine/engine.ts'
import { numberText } from '../../words/text/numbers.ts'
import { type DriftMethod, type DriftSide, rowsMethod, type RowsSide } from '../drift.ts'
import { kolmogorovSmirnov } from '../methods/kolmogorovSmirnov.ts'
import { haveTexts } from './texts.ts'

/** A number of each text. */
export interface TextNumbers {
  readonly numbers: Float64Array
  /** Rows that were looked at, with and without a text. */
  readonly rows: number
}

interface NumberMethod extends Pick<DriftMethod, 'name' | 'unit' | 'effect'> {
  /** What the number is, of one text and of more. */
  readonly unitOf: readonly [one: string, more: string]
  readonly about: string
  read(
    relation: Relation,
    column: Column,
    signal: AbortSignal | undefined,
  ): Promise<{ read: TextNumbers; sql: readonly string[] }>
}

/** A method that compares texts by a number of each: Kolmogorov-Smirnov's D of that, missing texts being part of the scale. */
export function textNumberMethod({ unitOf: [single, plural], about, read, ...named }: NumberMethod): DriftMethod {
  const side = ({ column, values }: RowsSide<TextNumbers>): DriftSide => ({
    column: { ...column, type: 'integer' },
    rows: values.read.rows,
    missing: values.read.rows - values.read.numbers.length,
    values: { numbers: values.read.numbers },
    textOf: (value) => `${numberText(value)} ${value === 1 ? single : plural}`,
  })
  return rowsMethod<TextNumbers>({
    ...named,
    limit: kolmogorovSmirnov.limit,
    most: kolmogorovSmirnov.most,
    accepts: haveTexts,
    read,
    compare(current, reference) {
      const [mine, theirs] = [side(current), side(reference)]
      const compared = kolmogorovSmirnov.compare(mine, theirs)
      return 'reason' in compared ? compared : { ...compared, about, charted: [mine, theirs] }
    },
  })
}
