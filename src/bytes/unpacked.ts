import { fileBytes, fileHead } from './bytes.ts'
import { isCompressed } from './decompress.ts'
import { type Spool, spooled } from './spool.ts'

/** A file that is called by one name and read from a path that may be another one, that of a temporary file. */
export interface NamedFile {
  readonly file: string
  readonly path: string
  readonly copy?: Spool
}

/**
 * Files of a format that is read at any place of them: of one that is compressed with gzip or Zstandard, which its first
 * bytes tell, a copy without the compression.
 */
export async function unpacked(
  files: readonly NamedFile[],
  ending: string,
  signal: AbortSignal | undefined,
): Promise<readonly NamedFile[]> {
  const named: NamedFile[] = []
  for (const place of files) {
    const { file, path } = place
    if (!isCompressed(await fileHead(path, 4))) {
      named.push(place)
      continue
    }
    const copy = await spooled(ending, `a copy of ${JSON.stringify(file)}`, async (spool) => {
      for await (const bytes of fileBytes(path, signal, file)) await spool.write(bytes)
    })
    named.push({ file, path: copy.path, copy })
  }
  return named
}
