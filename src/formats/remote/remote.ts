import type { FileKind } from '../fileSource.ts'
import { fileFormats, type FileOptions, fileOptions } from '../fileFormats.ts'
import { AssayError } from '../../errors.ts'
import { isRemote, stableQuery, withoutSecrets } from '../../bytes/address.ts'
import type { OpenOptions, SourceKind } from '../source.ts'

/**
 * Files behind `https://`, `s3://`, `gs://` and `hf://`, of any format. Those that are read from end to end come once, as
 * a temporary copy; of Parquet DuckDB's extension httpfs asks for the parts that it needs, where it is installed.
 */
export const remote: SourceKind<FileOptions> = {
  name: 'remote',
  options: fileOptions,
  reads: 'https:// and s3:// addresses of such files',
  accepts: (source) => addressesOf(source).some((address) => isRemote(address)),
  formatOf: (source, options) => formatOf(String(addressesOf(source)[0]), options),
  label: (source) => addressesOf(source).map(withoutSecrets).join(', '),
  identity: {
    exact: (source) => addressesOf(source).flatMap((address) => [withoutSecrets(address), stableQuery(address)]),
  },
  files: addressesOf,
  async open(source, options, signal) {
    const [address = '', ...others] = addressesOf(source)
    if (others.length > 0 || Array.isArray(source))
      throw new AssayError('unsupported-source', 'a list of addresses cannot be read: a dataset is of one of them', {
        hint: 'make a dataset of each, and one of them all: dataset(sql`select * from ${a} union all by name select * from ${b}`)',
      })
    const { openRemote } = await import('./openRemote.ts')
    return openRemote(address, formatOf(address, options), options, signal)
  },
}

/** The address, or those of a list that has any. */
function addressesOf(source: unknown): readonly string[] {
  if (typeof source === 'string') return [source]
  return Array.isArray(source) && typeof source[0] === 'string' ? source.map(String) : []
}

function formatOf(url: string, options: OpenOptions<FileOptions>): FileKind | undefined {
  return fileFormats.find((format: FileKind) => format.accepts(withoutSecrets(url), options))
}
