import path from 'node:path'

/** A path or glob as it is written on every machine: from the working folder where it was absolute, with `/`. */
export function portablePath(named: string): string {
  const own = path.isAbsolute(named) ? path.relative(process.cwd(), named) || '.' : path.normalize(named)
  return own.split(path.sep).join('/')
}

/** Whether a source is an address elsewhere, not a path. */
export function isRemote(source: string): boolean {
  return /^(https?|s3|gs|gcs|r2|hf):\/\//i.test(source)
}

/** An address without user, password and query: signed addresses are secrets. */
export function withoutSecrets(url: string): string {
  return url.replace(/[?#].*$/s, '').replace(/^(\w+:\/\/)[^/@]*@/, '$1')
}

/** A text with its escapes, such as `%20`, as what they stand for; as it is where they stand for nothing. */
export function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What tells addresses apart that differ after `?`; what is a secret, or signs the address anew each time, is left out. */
export function stableQuery(url: string): readonly (readonly [string, string])[] {
  const query = /\?([^#]*)/.exec(url)?.[1] ?? ''
  return [...new URLSearchParams(query)].filter(([name]) => plainParameters.has(name.toLowerCase()))
}

/** Parameters that say which data is meant. All others may be a secret. */
const plainParameters = new Set(
  'table dataset resource format file path name id version versionid year month day date from to start end sheet tab gid page lang region'.split(
    ' ',
  ),
)
