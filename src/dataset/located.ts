import { fileURLToPath } from 'node:url'
import { AssayError } from '../errors.ts'
import { isRemote } from '../bytes/address.ts'

/** A source with its URLs as what they stand for: paths of files, and addresses elsewhere as text. */
export function located(source: unknown): unknown {
  if (Array.isArray(source)) return source.some((one) => urlOf(one)) ? source.map(place) : source
  return place(source)
}

function place(source: unknown): unknown {
  const url = urlOf(source)
  return url ? placeOf(url) : source
}

/** The URL that a source is, or that the text of a `file:` address says. */
function urlOf(source: unknown): URL | undefined {
  if (isUrl(source)) return source
  return typeof source === 'string' && /^file:\/\//i.test(source) && URL.canParse(source) ? new URL(source) : undefined
}

/** Of this realm or another. */
function isUrl(value: unknown): value is URL {
  if (value instanceof URL) return true
  return Object.prototype.toString.call(value) === '[object URL]' && typeof (value as URL).href === 'string'
}

function placeOf({ href, protocol, search, hash }: URL): string {
  if (isRemote(href)) return href
  const shown = JSON.stringify(href)
  if (protocol !== 'file:')
    throw new AssayError('unsupported-source', `dataset() got the URL ${shown}`, {
      hint: 'it opens file:, https: and s3: URLs',
    })
  if (search !== '' || hash !== '')
    throw new AssayError('wrong-argument', `dataset() got the URL of a file with ${search || hash} at its end`, {
      hint: 'a ? or # of a file name is written %3F or %23 in a URL',
    })
  try {
    return fileURLToPath(href)
  } catch (cause) {
    throw new AssayError('wrong-argument', `dataset() got ${shown}, which is no path of this machine`, { cause })
  }
}
