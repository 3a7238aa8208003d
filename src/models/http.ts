import { exactJson, exactJsonText } from '../bytes/exactJson.ts'
import { firstLine, kindOf, textOf, wrongArgument } from '../errors.ts'
import { now } from '../realTimers.ts'
import { isPlainObject, ownOptions } from '../options.ts'
import { CallError } from './attempts.ts'
import { bodyText } from './body.ts'
import { callOptions, type Model, model } from './model.ts'
import type { ModelOptions } from './modelOptions.ts'
import { keyTwice } from './keyTwice.ts'
import { notJson } from './notJson.ts'
import { secretsOf, tellableAddress, withoutSecrets } from './secrets.ts'
import { sentText } from './sentText.ts'

/** What `http` can be told. */
export interface HttpOptions extends Omit<ModelOptions, 'remember'> {
  /**
   * How the model is called in messages and reports; default: the address without its query.
   * @example { name: 'sentiment@1.4.0' }
   */
  readonly name?: string
  /**
   * Headers of each request.
   * @example { headers: { authorization: `Bearer ${process.env.TOKEN}` } }
   */
  readonly headers?: Readonly<Record<string, string>>
  /**
   * The body of a request, from the input (with `batch`: from the inputs), which is sent as JSON. Default: as it is.
   * @example { request: (text) => ({ text }) }
   */
  readonly request?: (input: never) => unknown
  /**
   * The prediction in an answer: a path of names and places, or a function. Default: the whole answer.
   * @example { response: 'result.label' }
   */
  readonly response?: string | ((answer: never) => unknown)
}

const own = ['name', 'headers', 'request', 'response', 'batch', ...callOptions]
const SHOWN = 120

/**
 * A model behind an address: each input is posted as JSON, and the answer read as JSON. Default: 30 seconds for a call, two
 * retries. What a retry cannot mend (status 400, 401, 404 …) is an error of its input at once; 408, 425, 429 and 5xx are
 * tried again, after as long as `Retry-After` says. Nothing of headers, query or password is shown.
 * @example http('https://models.example.com/sentiment', { request: (text) => ({ text }), response: 'label' })
 */
export function http(url: string | URL, options: HttpOptions = {}): Model {
  const address = addressOf(url)
  const {
    name,
    headers = {},
    request,
    response,
    timeout = 30_000,
    retries = 2,
    ...rest
  } = ownOptions('http()', options, own)
  if (name !== undefined && (typeof name !== 'string' || name === ''))
    throw wrong(`got ${kindOf(name)} as name`, 'a name is a text')
  if (!isPlainObject(headers) || Object.values(headers).some((value) => typeof value !== 'string'))
    throw wrong('got headers that are no texts', "e.g. { headers: { authorization: 'Bearer …' } }")
  if (request !== undefined && typeof request !== 'function')
    throw wrong(`got ${kindOf(request)} as request`, 'give a function of the input, e.g. (text) => ({ text })')
  if (response !== undefined && typeof response !== 'function' && (typeof response !== 'string' || response === ''))
    throw wrong(
      `got ${kindOf(response)} as response`,
      "give a path such as 'result.label', or a function of the answer",
    )
  for (const [header, value] of Object.entries(headers)) checkHeader(header, value)
  const shown = `${address.origin}${address.pathname}`
  const secrets = secretsOf(address, headers)
  const tell = (text: string): string => withoutSecrets(text, secrets)
  const post = async (input: unknown, { signal }: { readonly signal: AbortSignal }): Promise<unknown> => {
    const body = sentText(request ? request(input as never) : input)
    if (body === undefined) throw new CallError('was not asked: its request is no JSON', { final: true })
    const answer = await sent(address, { headers, body, signal, tell })
    return read(answer, response, tell)
  }
  const made = model(name ?? shown, post as never, { ...rest, timeout, retries })
  return Object.assign(made, { source: `endpoint ${shown}`, memory: undefined })
}

/**
 * A model served by MLflow: `mlflow models serve` answers at `/invocations`. Inputs are records, or texts and numbers.
 * @example mlflow('http://127.0.0.1:5000', { name: 'wine@3', batch: 100 })
 */
export function mlflow(url: string | URL, options: Omit<HttpOptions, 'request' | 'response'> = {}): Model {
  const base = addressOf(url)
  const { batch = 100, ...rest } = options
  return http(new URL('invocations', base.href.endsWith('/') ? base : `${base.href}/`), {
    ...rest,
    batch,
    request: (inputs: readonly unknown[]) =>
      inputs.every((input) => isPlainObject(input)) ? { dataframe_records: inputs } : { inputs },
    response: 'predictions',
  })
}

/** Statuses of an endpoint that is not there, lets nobody in or is too busy, whatever it is asked. */
const CLOSED: ReadonlySet<number> = new Set([401, 403, 404, 405, 407, 408, 429, 502, 503, 504])

interface Sending {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly signal: AbortSignal
  /** A text of the outside without what is secret of the request. */
  readonly tell: (text: string) => string
}

async function sent(address: URL, { headers, body, signal, tell }: Sending): Promise<unknown> {
  let response: Response
  try {
    // A password in an address is refused by fetch.
    const { username, password } = address
    const bare = new URL(address)
    bare.username = ''
    bare.password = ''
    const basic =
      username === ''
        ? {}
        : {
            authorization: `Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')}`,
          }
    response = await fetch(bare, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...basic, ...headers },
      body,
      signal,
      // Asked elsewhere, or without its body, it would be another question; and headers may be secret.
      redirect: 'manual',
    })
  } catch (error) {
    const { cause } = error as { cause?: unknown }
    const why = tell(firstLine(cause instanceof Error ? cause : error))
    throw new CallError(`could not be reached: ${why}`, { unheard: true })
  }
  const text = await bodyText(response)
  if (response.status >= 300 && response.status < 400)
    throw new CallError(`answered with status ${response.status}${tell(movedTo(response, address))}`, {
      final: true,
      unheard: true,
    })
  if (!response.ok) {
    const again = [408, 425, 429].includes(response.status) || response.status >= 500
    throw new CallError(`answered with status ${response.status}${text.trim() === '' ? '' : `: ${cut(tell(text))}`}`, {
      final: !again,
      wait: waitOf(response.headers.get('retry-after')),
      unheard: CLOSED.has(response.status),
    })
  }
  let value: unknown
  try {
    value = exactJson(text)
  } catch {
    throw new CallError(text.trim() === '' ? 'answered nothing' : notJson(text, JSON.stringify(cut(tell(text)))), {
      final: true,
    })
  }
  const twice = keyTwice(text)
  if (twice !== undefined) throw new CallError(cut(tell(twice)), { final: true })
  return value
}

/** Where an endpoint says that it is now, without its query. */
function movedTo(response: Response, from: URL): string {
  try {
    const location = response.headers.get('location')
    if (location === null) return ''
    const { origin, pathname } = new URL(location, from)
    return `: it is moved to ${origin}${pathname}, and redirects are not followed`
  } catch {
    return ''
  }
}

/** The beginning and the end of a text: servers name the reason at either. */
const cut = (text: string): string =>
  text.length > 2 * SHOWN ? `${text.slice(0, SHOWN)} … ${text.slice(-SHOWN)}` : text

/** Milliseconds that a server asks to wait: seconds, or until an instant as HTTP writes it. */
function waitOf(header: string | null): number | undefined {
  if (header === null) return undefined
  if (/^\d+(\.\d+)?$/.test(header.trim())) return Number(header) * 1000
  const until = header.trim().endsWith('GMT') ? Date.parse(header) : Number.NaN
  return Number.isNaN(until) ? undefined : Math.max(0, until - now())
}

/** The prediction in an answer. */
function read(answer: unknown, response: HttpOptions['response'], tell: Sending['tell']): unknown {
  if (response === undefined) return answer
  if (typeof response === 'function') {
    try {
      return response(answer as never)
    } catch (error) {
      const usage = error instanceof CallError ? error.usage : undefined
      throw new CallError(`answered what response() cannot read: ${tell(textOf(error))}`, { final: true, usage })
    }
  }
  let value = answer
  for (const step of response.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      throw new CallError(`answered without ${JSON.stringify(response)}: ${cut(tell(exactJsonText(answer) ?? ''))}`, {
        final: true,
      })
    value = (value as Readonly<Record<string, unknown>>)[step]
  }
  return value
}

/** Throws an AssayError, without its value, for a header that no request can have. */
function checkHeader(name: string, value: string): void {
  try {
    new Headers([[name, '']])
  } catch {
    throw wrong('got a header whose name no header can have', 'names of headers are letters, digits and hyphens')
  }
  try {
    new Headers([[name, value]])
  } catch {
    throw wrong(
      `got a header ${JSON.stringify(name)} whose value no header can have`,
      'it is one line of Latin characters: a key that is read from a file may have several',
    )
  }
}

function addressOf(url: unknown): URL {
  try {
    const address = new URL(String(url))
    if (/^https?:$/.test(address.protocol)) return address
  } catch {
    // told below
  }
  throw wrong(
    `got ${typeof url === 'string' ? JSON.stringify(tellableAddress(url)) : kindOf(url)} as address`,
    'e.g. http("https://models.example.com/predict")',
  )
}

const wrong = wrongArgument('http()')
