import type { Engine, QueryOptions } from '../../engine/engine.ts'
import { AssayError } from '../../errors.ts'
import { sql } from '../../sql/sql.ts'
import type { ParquetPlace } from './parquetColumns.ts'

/**
 * Throws an AssayError for decimals that the engine reads as other numbers: those of more than 38 digits are doubles to it,
 * the nearest ones where each takes a multiple of eight bytes, else wrong by a power of 256.
 */
export async function refuseLongDecimals(
  engine: Engine,
  places: readonly ParquetPlace[],
  options: QueryOptions | undefined,
): Promise<void> {
  for (const { file, path } of places) {
    const parts = await engine.query(
      sql`select name, precision from parquet_schema(${path})
        where precision > 38 and (type <> 'FIXED_LEN_BYTE_ARRAY' or cast(type_length as bigint) % 8 <> 0)`,
      options,
    )
    if (parts.length === 0) continue
    const [[, digits] = []] = parts
    const names = parts.map(([name]) => JSON.stringify(name)).join(', ')
    throw new AssayError(
      'unreadable-file',
      `${JSON.stringify(file)} has decimals of ${String(digits)} digits in ${names}, which the engine reads as other numbers`,
      { hint: 'write them with up to 38 digits or as text; with 76 digits they are read as the nearest doubles' },
    )
  }
}
