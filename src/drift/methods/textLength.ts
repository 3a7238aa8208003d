import { cellOf } from '../../cells/cell.ts'
import { measure } from '../../checks/measure.ts'
import { rowCount } from '../../metrics/kinds/rowCount.ts'
import { id, sql } from '../../sql/sql.ts'
import type { DriftMethod } from '../drift.ts'
import { textNumberMethod } from '../text/asNumbers.ts'
import { narrowed } from '../../engine/narrowing.ts'

/** How long texts are, in code points: of all rows, counted by the engine. */
export const textLength: DriftMethod = textNumberMethod({
  name: 'textLength',
  unit: 'D (length)',
  effect: 'largest difference of the cumulative shares of the lengths of texts',
  unitOf: ['character', 'characters'],
  about: 'length',
  async read(relation, column, signal) {
    const { values, sql: counted } = await measure(relation, { rows: rowCount() }, signal)
    const { dialect } = relation.engine
    const length = dialect.double(dialect.codePoints(dialect.text(id(column.name))))
    const query = sql`select ${length} from ${narrowed(relation, [column.name]).from} where not ${cellOf(column, dialect).missing}`
    return { read: { numbers: await relation.engine.numbers(query, { signal }), rows: values.rows }, sql: counted }
  },
})
