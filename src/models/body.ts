import { firstLine } from '../errors.ts'
import { numberText } from '../words/text/numbers.ts'
import { CallError } from './attempts.ts'

/** Bytes of an answer, unpacked; more are no prediction. */
const MOST = 64 * 1024 ** 2

/** The text of an answer. Throws CallError for one that is too long, breaks off, or is no UTF-8. */
export async function bodyText(response: Response): Promise<string> {
  const bytes = await bodyBytes(response)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CallError('answered bytes that are no UTF-8', { final: true })
  }
}

async function bodyBytes(response: Response): Promise<Uint8Array> {
  const { headers, body } = response
  const length = Number(headers.get('content-length') ?? Number.NaN)
  try {
    // What is not packed and says how long it is holds no surprise.
    if (body === null || (length <= MOST && headers.get('content-encoding') === null))
      return new Uint8Array(await response.arrayBuffer())
    const chunks: Uint8Array[] = []
    let size = 0
    for await (const chunk of body as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > MOST) throw new CallError(`answered more than ${numberText(MOST / 1024 ** 2)} MB`, { final: true })
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof CallError) throw error
    const { cause } = error as { cause?: unknown }
    throw new CallError(`answered, and broke off: ${firstLine(cause instanceof Error ? cause : error)}`)
  }
}
