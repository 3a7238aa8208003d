import { isUtf8 } from 'node:buffer'
import { utf8Bytes } from '../../bytes/bytes.ts'
import type { NamedFile } from '../../bytes/unpacked.ts'
import { ByteWindow } from '../../bytes/byteWindow.ts'
import { LINE_FEED, OPEN } from './jsonBytes.ts'
import { type JsonListener, type JsonPass, tellProblem } from './jsonPass.ts'
import { checkLength, decoded, withoutReturn } from '../lines/lines.ts'

/**
 * Passes over JSON Lines. Returns whether a line of the file stands in the way of a reader that takes the file as it
 * is: one that is no record, or no mere blank.
 */
export async function passLines(
  { file, path }: NamedFile,
  pass: JsonPass,
  listener: JsonListener,
  signal?: AbortSignal,
): Promise<boolean> {
  const { json, keys } = pass
  const window = new ByteWindow(utf8Bytes(path, signal, file), LINE_FEED)
  let line = 1
  let at = 0
  let inTheWay = false
  try {
    while (!window.last) {
      await window.next(at)
      const { bytes, last } = window
      const end = last ? window.end : bytes.subarray(0, window.end).lastIndexOf(LINE_FEED) + 1
      if (end === 0) checkLength(window.end, line, file)
      const readable = isUtf8(bytes.subarray(0, end))
      json.bytes = bytes
      at = 0
      while (at < end) {
        const start = at
        const first = json.space(start)
        if (bytes[first] !== LINE_FEED) {
          at = bytes[first] === OPEN ? keys.read(first) : -1
          if (at >= 0 && bytes[at] !== LINE_FEED) at = json.space(at)
          if (at >= 0 && bytes[at] === LINE_FEED && (readable || isUtf8(bytes.subarray(start, at)))) {
            pass.keep(at - start)
            if (listener.record(line)) return inTheWay
          } else {
            at = bytes.indexOf(LINE_FEED, first)
            const text = decoded(withoutReturn(bytes.subarray(start, at)), line, file)
            inTheWay = true
            if (text.problem !== undefined || /[^\t\f\r ]/.test(text.text)) tellProblem(text, listener)
            bytes.fill(LINE_FEED, start, at)
          }
        } else at = first
        at++
        line++
      }
      await listener.write?.(bytes.subarray(0, at))
    }
  } finally {
    await window.close()
  }
  return inTheWay
}
