import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { sizeOf } from '../bytes/files.ts'
import { AssayError, firstLine } from '../errors.ts'

/** The exports of a user's module. Throws AssayError `missing-file` for one that Node does not load. */
export async function importModule(file: string): Promise<Record<string, unknown>> {
  await sizeOf(file, 'module')
  try {
    return (await import(pathToFileURL(path.resolve(file)).href)) as Record<string, unknown>
  } catch (cause) {
    const typed =
      /\.[cm]?tsx?$/.test(file) && (cause as { code?: unknown } | null)?.code === 'ERR_UNKNOWN_FILE_EXTENSION'
    throw new AssayError('missing-file', `the module ${JSON.stringify(file)} cannot be loaded: ${firstLine(cause)}`, {
      hint: typed
        ? 'TypeScript loads from Node 22.18 on, or through a loader: NODE_OPTIONS="--import tsx" assay …'
        : 'it is an ES or CommonJS module that Node loads as it is',
      cause,
    })
  }
}
