import { createHash } from 'node:crypto'
import { throwIfStopped } from '../engine/stopping.ts'
import { AssayError } from '../errors.ts'
import { clearTimeout, now, setTimeout } from '../realTimers.ts'
import { countText, numberText } from '../words/text/numbers.ts'
import { withoutSecrets } from './address.ts'
import { storeRequest } from './storeRequest.ts'

/** How long a server may be silent, in ms. */
const SILENCE = 60_000
/** The most bytes of an object whose length nobody says: what does not end must not fill the disk. */
const MOST = 64 * 1024 ** 3

// Tests replace the global one.
const { fetch } = globalThis

/** What a server says of an object without sending it. */
export interface RemoteObject {
  /** In bytes. */
  readonly size?: number
  /** What changes with its content: the server's tag, version and time of change, with the size. */
  readonly stamp?: string
}

/** Asks for the first byte of an object, and hears what there is to know of all of it. */
export async function remoteObject(address: string, signal?: AbortSignal): Promise<RemoteObject> {
  const answer = await requested(address, { range: 'bytes=0-0' }, signal)
  const { headers } = answer.response
  await answer.end()
  const total = /\/(\d+)$/.exec(headers.get('content-range') ?? '')?.[1] ?? lengthOf(answer.response)
  const versions = ['etag', 'x-amz-version-id', 'x-goog-generation'].map((name) => headers.get(name))
  if (isSettled(headers)) versions.push(headers.get('last-modified'))
  const size = total === undefined ? {} : { size: Number(total) }
  if (versions.every((value) => value === null)) return size
  const stamp = createHash('sha256')
    .update(JSON.stringify([...versions, total]))
    .digest('hex')
    .slice(0, 32)
  return { ...size, stamp: `etag:${stamp}` }
}

/** Servers say the second in which an object changed: within it, and the next, it may change once more and look the same. */
function isSettled(headers: Headers): boolean {
  const [changed, asked] = ['last-modified', 'date'].map((name) => Date.parse(headers.get(name) ?? ''))
  return ((asked || now()) as number) - (changed as number) >= 2000
}

/** The bytes of an object, all that its server says there are. */
export async function* remoteBytes(address: string, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const answer = await requested(address, {}, signal)
  const length = lengthOf(answer.response)
  let bytes = 0
  try {
    for await (const chunk of (answer.response.body ?? []) as AsyncIterable<Uint8Array>) {
      throwIfStopped(signal)
      answer.progressed()
      bytes += chunk.length
      if (bytes > MOST && length === undefined)
        throw wrong(address, `it goes on after ${numberText(MOST)} bytes, and its server does not say how long it is`)
      yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length)
    }
  } catch (error) {
    if (error instanceof AssayError) throw error
    throwIfStopped(signal)
    const of = length === undefined ? '' : ` of ${numberText(Number(length))}`
    throw answer.silent
      ? silent(address)
      : wrong(address, `the connection broke off after ${numberText(bytes)}${of} bytes`, error)
  } finally {
    await answer.end()
  }
  if (length !== undefined && bytes !== Number(length))
    throw wrong(address, `its server said ${countText(Number(length), 'byte')} and sent ${numberText(bytes)}`)
}

interface Answer {
  readonly response: Response
  readonly silent: boolean
  progressed(): void
  end(): Promise<void>
}

async function requested(
  address: string,
  more: Readonly<Record<string, string>>,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const { url, headers } = storeRequest(address)
  const stop = new AbortController()
  let quiet = false
  const stopped = (): void => stop.abort()
  const arm = () =>
    setTimeout(() => {
      quiet = true
      stop.abort()
    }, SILENCE)
  let timer = arm()
  signal?.addEventListener('abort', stopped)
  const end = async (): Promise<void> => {
    clearTimeout(timer)
    signal?.removeEventListener('abort', stopped)
    stop.abort()
  }
  try {
    throwIfStopped(signal)
    // Bytes are counted, so none are to be packed on their way.
    const response = await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...headers, ...more },
      signal: stop.signal,
    })
    if (!response.ok && response.status !== 416)
      throw wrong(address, `its server answers ${[response.status, response.statusText].join(' ').trim()}`)
    return {
      response,
      get silent() {
        return quiet
      },
      progressed: () => {
        clearTimeout(timer)
        timer = arm()
      },
      end,
    }
  } catch (error) {
    await end()
    if (error instanceof AssayError) throw error
    throwIfStopped(signal)
    if (quiet) throw silent(address)
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    const words = cause instanceof Error ? cause.message || cause.name : String(cause)
    throw wrong(address, /scheme/i.test(words) ? 'it redirects to what is no web address' : words, error)
  }
}

/** The length that a server says, where what it sends is not packed. */
function lengthOf({ headers, status }: Response): string | undefined {
  const packed = headers.get('content-encoding') ?? 'identity'
  return packed === 'identity' && status !== 206 ? (headers.get('content-length') ?? undefined) : undefined
}

const silent = (address: string): AssayError =>
  wrong(address, `its server sent nothing for ${countText(SILENCE / 1000, 'second')}`)

function wrong(address: string, words: string, cause?: unknown): AssayError {
  const place = withoutSecrets(address)
  return new AssayError(
    'unreadable-file',
    `${JSON.stringify(place)} cannot be read: ${words.replaceAll(address, place)}`,
    {
      hint: place.includes('*')
        ? 'globs are not looked up elsewhere: name an object'
        : 'see whether it opens elsewhere, or download it and give the file',
      ...(cause === undefined ? {} : { cause: new Error(words.replaceAll(address, place)) }),
    },
  )
}
