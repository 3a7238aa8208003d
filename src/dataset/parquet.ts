import { open } from 'node:fs/promises'
import { FILE_ROW, ROW_FILE, ROW_NUMBER } from '../engine/engine.ts'
import { AssayError } from '../errors.ts'
import { id, join, sql } from '../sql/sql.ts'
import { fileSource } from './fileSource.ts'
import { literalPath, sizeOf } from './files.ts'
import type { SourceKind } from './source.ts'

/** Parquet files, read by the engine. */
export const parquet: SourceKind = fileSource({
  name: 'parquet',
  endings: ['parquet'],
  async open(files) {
    for (const file of files) await checkParquet(file)
    const paths = sql`[${join(files.map((file) => sql`${literalPath(file)}`))}]`
    const several = files.length > 1
    const about = several
      ? sql`row_number() over () as ${id(ROW_NUMBER)}, filename as ${id(ROW_FILE)}, file_row_number + 1 as ${id(FILE_ROW)}`
      : sql`file_row_number + 1 as ${id(ROW_NUMBER)}`
    const numbered = sql`(select *, ${about} from read_parquet(${paths}))`
    return {
      relation: async (engine, options) => {
        const relation = await engine.relation(sql`read_parquet(${paths})`, { numbered }, options)
        return several ? { ...relation, files: true } : relation
      },
    }
  },
})

async function checkParquet(file: string): Promise<void> {
  const size = await sizeOf(file)
  if (size === 0)
    throw new AssayError('empty-file', `${JSON.stringify(file)} is empty (0 bytes), so it is not a Parquet file`)
  const [head, tail] = await magic(file, size)
  if (head !== 'PAR1') {
    throw new AssayError(
      'unreadable-file',
      `${JSON.stringify(file)} is not a Parquet file: it starts with ${JSON.stringify(head)}, not "PAR1"`,
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
