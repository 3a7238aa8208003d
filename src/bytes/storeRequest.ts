import { createHash, createHmac } from 'node:crypto'
import { AssayError } from '../errors.ts'
import { now } from '../realTimers.ts'
import { withoutSecrets } from './address.ts'

/** How an object is asked for over HTTP. */
export interface StoreRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The request for an address: of the web as it is, of S3 signed with the credentials of the environment where there are
 * some, of Google Cloud Storage and Hugging Face by their public addresses.
 */
export function storeRequest(
  address: string,
  env: NodeJS.ProcessEnv = process.env,
  at: Date = new Date(now()),
): StoreRequest {
  const [, scheme = '', rest = ''] = /^(\w+):\/\/(.*)$/s.exec(address) ?? []
  const [bucket = '', ...parts] = rest.split('/')
  const path = encoded(parts.join('/'))
  switch (scheme.toLowerCase()) {
    case 'http':
    case 'https':
      return ofWeb(new URL(address))
    case 's3':
      return ofS3(bucket, path, env, at)
    case 'gs':
    case 'gcs':
      return { url: `https://storage.googleapis.com/${bucket}/${path}`, headers: {} }
    case 'hf':
      return ofHub(rest, env)
    default:
      throw new AssayError('unsupported-source', `${JSON.stringify(withoutSecrets(address))} cannot be read here`, {
        hint: 'give its https:// address, or that of S3 with AWS_ENDPOINT_URL set to the store',
      })
  }
}

/** A URL may hold a name and a password, which belong in a header. */
function ofWeb(url: URL): StoreRequest {
  const { username, password } = url
  url.username = ''
  url.password = ''
  const secret = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
  return { url: url.href, headers: username || password ? { authorization: `Basic ${secret}` } : {} }
}

/** `hf://datasets/user/repository@revision/path` */
function ofHub(rest: string, { HF_TOKEN }: NodeJS.ProcessEnv): StoreRequest {
  const [kind = '', user = '', named = '', ...parts] = rest.split('/')
  const [repository = '', revision = 'main'] = named.split('@')
  const path = encoded([kind, user, repository, 'resolve', revision, ...parts].join('/'))
  return {
    url: `https://huggingface.co/${path}`,
    headers: HF_TOKEN === undefined ? {} : { authorization: `Bearer ${HF_TOKEN}` },
  }
}

function ofS3(bucket: string, path: string, env: NodeJS.ProcessEnv, at: Date): StoreRequest {
  const { AWS_ACCESS_KEY_ID: id, AWS_SECRET_ACCESS_KEY: secret, AWS_SESSION_TOKEN: token } = env
  const region = env.AWS_REGION ?? env.AWS_DEFAULT_REGION ?? 'us-east-1'
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL
  const url =
    endpoint === undefined
      ? new URL(`https://${bucket}.s3.${region}.amazonaws.com/${path}`)
      : new URL(`${endpoint.replace(/\/$/, '')}/${bucket}/${path}`)
  if (id === undefined || secret === undefined) return { url: url.href, headers: {} }
  const time = `${at.toISOString().replace(/[-:]|\.\d+/g, '')}`
  const headers: Record<string, string> = {
    host: url.host,
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
    'x-amz-date': time,
    ...(token === undefined ? {} : { 'x-amz-security-token': token }),
  }
  const { host: _, ...sent } = headers
  return { url: url.href, headers: { ...sent, authorization: signature(url, headers, { id, secret, region, time }) } }
}

/**
 * The `authorization` of a GET (AWS, "Signature Version 4 signing process"): a chain of keyed hashes over the request, the
 * day, the region and the service.
 */
export function signature(
  url: URL,
  headers: Readonly<Record<string, string>>,
  { id, secret, region, time }: Readonly<Record<'id' | 'secret' | 'region' | 'time', string>>,
): string {
  const names = Object.keys(headers).sort()
  const signed = names.join(';')
  const request = [
    'GET',
    url.pathname,
    url.search.slice(1),
    ...names.map((name) => `${name}:${headers[name]?.trim() ?? ''}`),
    '',
    signed,
    headers['x-amz-content-sha256'] ?? '',
  ].join('\n')
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(request).digest('hex')].join('\n')
  const key = scope
    .split('/')
    .reduce((before: string | Buffer, part) => createHmac('sha256', before).update(part).digest(), `AWS4${secret}`)
  const hex = createHmac('sha256', key).update(text).digest('hex')
  return `AWS4-HMAC-SHA256 Credential=${id}/${scope}, SignedHeaders=${signed}, Signature=${hex}`
}

/** A path with each part's characters as a store's signature wants them. */
function encoded(path: string): string {
  return path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/')
}
