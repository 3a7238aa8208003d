import { orStopped, untilStopped } from '../../engine/stopping.ts'
import { AssayError } from '../../errors.ts'
import { fileFingerprint } from '../../bytes/files.ts'
import { checkStdin } from '../../bytes/regularFile.ts'
import type { SourceKind } from '../source.ts'
import type { PlainText } from './plainText.ts'
import { checkTextOptions, type TextOptions, textOptions } from './textOptions.ts'

type Piece = string | Uint8Array

const formats = ['csv', 'tsv']
const read = new WeakSet<object>()
let stdin: Promise<PlainText> | undefined

/**
 * Delimited text that comes once: standard input (`-`), web and Node streams, and other async iterables of text or
 * bytes. It is kept in a temporary file for as long as the dataset is held. `format` must say `csv` or `tsv`.
 */
export const textStream: SourceKind<TextOptions> = {
  name: 'text stream',
  options: textOptions,
  check: checkTextOptions,
  reads: "'-' and streams of delimited text (with a format)",
  accepts: (source, { format = '' }) => formats.includes(format) && (source === '-' || isStream(source)),
  label: (source) => (source === '-' ? 'standard input' : 'a stream'),
  files: () => [],
  async open(source, options, signal) {
    const { textFile } = await import('./textFile.ts')
    const { textRelation } = await import('./textRelation.ts')
    const file = textStream.label(source)
    const plain = await spooled(source, options.encoding, file, signal)
    const text = await textFile(plain, { ...options, file, tabs: options.format === 'tsv' }, signal)
    const relation = textRelation([{ file, text }], options)
    return { relation: (engine) => Promise.resolve(relation(engine)), fingerprint: () => fileFingerprint(plain.path) }
  },
}

function isStream(source: unknown): source is AsyncIterable<unknown> {
  return typeof source === 'object' && source !== null && Symbol.asyncIterator in source
}

async function spooled(
  source: unknown,
  encoding: string | undefined,
  label: string,
  signal: AbortSignal | undefined,
): Promise<PlainText> {
  const { spooledText } = await import('./plainText.ts')
  if (source === '-') {
    checkStdin()
    // It comes once, and for all: whoever stops waiting leaves it to the others.
    stdin ??= spooledText(bytesOf(process.stdin, label), encoding, label)
    return orStopped(stdin, signal)
  }
  const stream = source as AsyncIterable<unknown>
  if (read.has(stream)) {
    throw new AssayError('unreadable-file', `${label} comes only once, and another dataset has read it`, {
      hint: 'make one dataset of it and use that one',
    })
  }
  read.add(stream)
  return spooledText(bytesOf(untilStopped(stream, signal), label), encoding, label, signal)
}

async function* bytesOf(stream: AsyncIterable<unknown>, label: string): AsyncIterable<Uint8Array> {
  for await (const piece of stream as AsyncIterable<Piece>) {
    if (typeof piece === 'string') yield Buffer.from(piece)
    else if (piece instanceof Uint8Array) yield piece
    else {
      const found = piece === null ? 'null' : typeof piece
      throw new AssayError('unsupported-source', `${label} of delimited text brought ${found}, not text or bytes`)
    }
  }
}
