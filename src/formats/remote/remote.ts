import type { FileKind } from '../fileSource.ts'
import { fileFormats, type FileOptions, fileOptions } from '../fileFormats.ts'
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
  accepts: (source) => typeof source === 'string' && isRemote(source),
  formatOf: (source, options) => formatOf(String(source), options),
  label: (source) => withoutSecrets(String(source)),
  identity: { exact: (source) => [withoutSecrets(String(source)), stableQuery(String(source))] },
  files: (source) => [String(source)],
  async open(source, options, signal) {
    const { openRemote } = await import('./openRemote.ts')
    return openRemote(String(source), formatOf(String(source), options), options, signal)
  },
}

function formatOf(url: string, options: OpenOptions<FileOptions>): FileKind | undefined {
  return fileFormats.find((format: FileKind) => format.accepts(withoutSecrets(url), options))
}
