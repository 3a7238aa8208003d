import { stat } from 'node:fs/promises'
import { isJustWritten } from '../fileState.ts'
import { plainText } from './plainText.ts'
import { type TextFile, textFile } from './textFile.ts'
import { type TextOptions, textOptionNames } from './textOptions.ts'

const opened = new Map<string, Promise<TextFile>>()

/** The text of a file; looked at once in a process for as long as the file's size and time of change stay. */
export async function openText(file: string, tabs: boolean, options: TextOptions): Promise<TextFile> {
  const { size, mtimeNs, ino } = await stat(file, { bigint: true })
  const asked = textOptionNames.map((name) => options[name] ?? null)
  const key = JSON.stringify([file, process.cwd(), String(size), String(mtimeNs), String(ino), tabs, asked])
  const look = () => plainText(file, options.encoding).then((plain) => textFile(plain, { ...options, file, tabs }))
  if (isJustWritten(file)) return look()
  const known = opened.get(key)
  if (known) return known
  const text = look()
  opened.set(key, text)
  text.catch(() => opened.delete(key))
  return text
}
