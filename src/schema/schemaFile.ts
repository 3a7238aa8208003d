import { readFile } from 'node:fs/promises'
import { fileRead, sizeOf } from '../bytes/files.ts'
import { type LostPart, whatJsonLoses } from '../bytes/jsonFaults.ts'
import { checkSmall } from '../bytes/smallText.ts'
import { yamlDocument } from '../bytes/yamlDocument.ts'
import { AssayError, firstLine } from '../errors.ts'

/**
 * The JSON or YAML in a file. Throws AssayError: `missing-file` with the nearest name, `wrong-schema` when it is neither,
 * or says what would be lost: a key twice, or a whole number that a number rounds.
 */
export async function readSchemaFile(file: string): Promise<unknown> {
  checkSmall(file, 'schema', await sizeOf(file))
  fileRead(file)
  const text = (await readFile(file, 'utf8')).replace(/^\uFEFF/, '')
  const yaml = /\.ya?ml$/i.test(file)
  let read: Read
  try {
    read = yaml ? yamlIn(text) : { value: JSON.parse(text) as unknown, lost: whatJsonLoses(text, { rounded: true }) }
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
  const { value, lost } = read
  if (lost === undefined) return value
  throw new AssayError('wrong-schema', `${JSON.stringify(file)} ${lost.words}`, {
    hint:
      lost.kind === 'key'
        ? 'only the last one would count: leave one, or merge what they say'
        : 'checks of "x-assay" take all digits as text: "bounds": { "min": "9007199254740993" }, "values": [{ "integer": "9007199254740993" }]',
  })
}

interface Read {
  readonly value: unknown
  /** What of the text the value does not say. */
  readonly lost: LostPart | undefined
}

function yamlIn(text: string): Read {
  const document = yamlDocument(text)
  const lost = document.rounded()
  return { value: lost === undefined ? document.value() : undefined, lost }
}
