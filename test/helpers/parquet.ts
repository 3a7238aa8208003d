import { type Dataset, dataset } from '../../src/dataset/dataset.ts'
import { relationOf } from '../../src/dataset/opened.ts'
import { sql } from '../../src/sql/sql.ts'
import { temporaryFile } from './files.ts'

/** A Parquet file of so many rows, `selected` by SQL over the row number `i`. */
export async function parquetOf(selected: string, rows: number): Promise<Dataset> {
  const place = (await temporaryFile('rows.csv', '')).replace(/csv$/, 'parquet')
  const { engine } = await relationOf(dataset([{ a: 1 }]))
  const text = `copy (select ${selected} from range(${rows}) r(i)) to '${place.replaceAll("'", "''")}' (format parquet)`
  await engine.query(sql(Object.assign([text], { raw: [text] })))
  return dataset(place)
}
