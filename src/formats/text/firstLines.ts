import { open } from 'node:fs/promises'
import { AssayError } from '../../errors.ts'
import type { TextPlace } from './scanFile.ts'

const HEAD = 1024 ** 2

/** Where records start, and what the first of them looks like. */
export interface FirstLines {
  readonly start: TextPlace
  /** The first line that is neither blank nor a comment. */
  readonly text: string
  /** The lines left out hold a quote. */
  readonly quoted: boolean
}

/** Reads past a byte order mark and the lines to leave out; an AssayError when nothing comes after them. */
export async function firstLines(
  path: string,
  { skip, comment, quote }: { readonly skip: number; readonly comment: string; readonly quote: string },
  label: string,
): Promise<FirstLines> {
  const handle = await open(path, 'r')
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0).finally(() => handle.close())
  if (bytesRead === 0) throw nothing(label, 'is empty (0 bytes): it needs at least a header line')
  // As Latin-1, places in the text are places in the bytes.
  const head = buffer.toString('latin1', 0, bytesRead)
  const lines = /[^\r\n]*(?:\r\n|\r|\n|$)/y
  lines.lastIndex = head.startsWith('\u00EF\u00BB\u00BF') ? 3 : 0
  let quoted = false
  for (let i = 0; i < skip; i++) {
    const [line = ''] = lines.exec(head) ?? []
    if (line === '') throw nothing(label, `has no more than ${i} lines, and skip leaves out ${skip}`)
    if (quote !== '' && line.includes(quote)) quoted = true
  }
  const start = { offset: lines.lastIndex, line: skip + 1 }
  for (;;) {
    const [line = ''] = lines.exec(head) ?? []
    if (line === '') throw nothing(label, 'holds no records, only blank lines and comments')
    const bare = line.replace(/[\r\n]+$/, '')
    if (bare.trim() === '' || (comment !== '' && bare.startsWith(comment))) continue
    return { start, text: Buffer.from(bare, 'latin1').toString('utf8'), quoted }
  }
}

const nothing = (label: string, what: string): AssayError => new AssayError('empty-file', `${label} ${what}`)
