import { open } from 'node:fs/promises'
import { ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, sql } from '../sql/sql.ts'
import { literalPath, sizeOf } from './files.ts'
import type { SourceKind } from './source.ts'

/** Parquet files, read by the engine. */
export const parquet: SourceKind = {
  name: 'parquet',
  reads: '.parquet files',
  accepts: (source) => typeof source === 'string' && /\.parquet$/i.test(source),
  label: String,
  files: (source) => [String(source)],
  async open(source) {
    const file = String(source)
    const size = await sizeOf(file)
    if (size === 0)
      throw new AssayError('empty-file', `${JSON.stringify(file)} is empty (0 bytes), so it is not a Parquet file`)
    const [head, tail] = await magic(file, size)
    if (head !== 'PAR1') {
      throw new AssayError(
        'unreadable-file',
        `${JSON.stringify(file)} is not a Parquet file: it starts with ${JSON.stringify(head)}, not "PAR1"`,
        {
          hint: head === 'vers' ? 'this is a Git LFS pointer; run `git lfs pull` to get the data' : undefined,
        },
      )
    }
    if (tail !== 'PAR1') {
      throw new AssayError(
        'unreadable-file',
        `${JSON.stringify(file)} is cut off: a Parquet file ends with "PAR1", this one (${size} bytes) does not`,
        {
          hint: 'the download or copy did not finish; get the file again',
        },
      )
    }
    const path = literalPath(file)
    const numbered = sql`(select * exclude (file_row_number), file_row_number + 1 as ${id(ROW_NUMBER)}
      from read_parquet(${path}, file_row_number = true))`
    return {
      relation: (engine, options) => engine.relation(sql`read_parquet(${path})`, { numbered }, options),
    }
  },
}

async function magic(file: string, size: number): Promise<readonly [string, string]> {
  const handle = await open(file, 'r')
  try {
    const four = Buffer.alloc(4)
    const read = async (position: number) => {
      const { bytesRead } = await handle.read(four, 0, 4, Math.max(0, position))
      return four.subarray(0, bytesRead).toString('latin1')
    }
    return [await read(0), await read(size - 4)]
  } finally {
    await handle.close()
  }
}
