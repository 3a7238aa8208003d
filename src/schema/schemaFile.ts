import { readFile } from 'node:fs/promises'
import { fileRead, sizeOf } from '../dataset/files.ts'
import { AssayError, firstLine } from '../errors.ts'

/** The JSON in a file. Throws AssayError: `missing-file` with the nearest name, `wrong-schema` when it is no JSON. */
export async function readSchemaFile(file: string): Promise<unknown> {
  await sizeOf(file)
  fileRead(file)
  const text = await readFile(file, 'utf8')
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown
  } catch (cause) {
    const conflict = /^<{7} /m.test(text)
    throw new AssayError('wrong-schema', `${JSON.stringify(file)} is not JSON: ${firstLine(cause)}`, {
      cause,
      hint: conflict ? 'it holds the marks of a merge conflict: resolve it' : undefined,
    })
  }
}
