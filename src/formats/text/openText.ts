import { Looks } from '../../bytes/looks.ts'
import { plainText } from './plainText.ts'
import { type TextFile, textFile } from './textFile.ts'
import { type TextOptions, textOptionNames } from './textOptions.ts'

const looks = new Looks<TextFile>()

/** The text of a file; looked at once in a process for as long as the file's size and time of change stay. */
export async function openText(
  file: string,
  tabs: boolean,
  options: TextOptions,
  signal?: AbortSignal,
): Promise<TextFile> {
  const asked = [tabs, textOptionNames.map((name) => options[name] ?? null)]
  return looks.at([file], asked, async () =>
    textFile(await plainText(file, options.encoding, signal), { ...options, file, tabs }, signal),
  )
}
