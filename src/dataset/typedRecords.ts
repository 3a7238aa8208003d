import type { Sql } from '../sql/sql.ts'
import type { Dataset, DatasetChanges, DatasetColumn } from './model.ts'
import type { FilterValue } from './filter.ts'

/** The columns that records of a type have; any name where the type does not say. */
export type ColumnsOf<R> = [R] extends [never] ? string : NamesOf<R>
type NamesOf<R> = R extends unknown ? Extract<keyof R, string> : never

/** A dataset of records whose type names the columns: another name is a compile error. */
export interface RecordsDataset<C extends string> extends Omit<Dataset, 'column' | 'where' | 'sample' | 'with'> {
  /**
   * A column by its name.
   * @example orders.column('amount')
   */
  column(name: C): DatasetColumn
  /** A column by a name that only the run knows. */
  column<N extends string>(name: string extends N ? N : never): DatasetColumn
  /**
   * The rows that match; filters of a slice of a slice all apply.
   * @example orders.where({ status: ['paid', 'open'] })
   */
  where(filter: Sql | { readonly [K in C]?: FilterValue | readonly FilterValue[] }): RecordsDataset<C>
  /** `size` rows drawn at random, all of them where there are fewer; the same ones for the same seed (default 1). */
  sample(size: number, options?: { readonly seed?: number | string }): RecordsDataset<C>
  /** The same rows under another name, with other key columns, or with more personal ones; what is not given stays. */
  with(options: DatasetChanges): RecordsDataset<C>
}
