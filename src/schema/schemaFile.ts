import { readFile } from 'node:fs/promises'
import { fileRead, sizeOf } from '../bytes/files.ts'
import { checkSmall } from '../bytes/smallText.ts'
import { AssayError, firstLine } from '../errors.ts'

/** The JSON or YAML in a file. Throws AssayError: `missing-file` with the nearest name, `wrong-schema` when it is neither. */
export async function readSchemaFile(file: string): Promise<unknown> {
  checkSmall(file, 'schema', await sizeOf(file))
  fileRead(file)
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  const yaml = /\.ya?ml$/i.test(file)
  try {
    return yaml ? await parseYaml(text) : (JSON.parse(text) as unknown)
  } catch (cause) {
    const conflict = /^<{7} /m.test(text)
    throw new AssayError(
      'wrong-schema',
      `${JSON.stringify(file)} is not ${yaml ? 'YAML' : 'JSON'}: ${firstLine(cause)}`,
      {
        cause,
        hint: conflict ? 'it holds the marks of a merge conflict: resolve it' : undefined,
      },
    )
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse } = await import('yaml')
  // The core schema reads as JSON would: no dates, no merge keys; the number of aliases is bounded.
  return parse(text, { schema: 'core', uniqueKeys: true, maxAliasCount: 100, prettyErrors: true }) as unknown
}
