import { Looks } from '../../bytes/looks.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { plainText } from './plainText.ts'
import { type TextFile, textFile, textFileOf } from './textFile.ts'
import type { TextLook } from './textLook.ts'
import { type TextOptions, textOptionNames } from './textOptions.ts'

const looks = new Looks<TextFile>()

/** The text of a file; looked at once in a process for as long as the file's size and time of change stay. */
export async function openText(
  named: NamedFile,
  tabs: boolean,
  options: TextOptions,
  signal?: AbortSignal,
): Promise<TextFile> {
  const { file, path } = named
  const question = [file, tabs, textOptionNames.map((name) => options[name] ?? null)]
  const look = async () =>
    textFile(await plainText(named, options.encoding, signal), { ...options, file, tabs }, signal)
  return looks.at([path], question, look, {
    parts: ({ copies: _, linesOf: __, path: ___, ...parts }): TextLook => parts,
    of: (parts) => textFileOf(parts, { path, decoded: false }),
  })
}
