import { percentDecoded } from '../bytes/address.ts'

/** Characters of the shortest secret: shorter ones are words that any text may hold. */
const SHORTEST = 6

/** What must not be told of requests to an address: the values of its query and of headers, its password. */
export function secretsOf(address: URL, headers: Readonly<Record<string, string>>): readonly string[] {
  const whole = [address.username, address.password].flatMap((text) => [text, percentDecoded(text)])
  // `Bearer`, and what any request says, is no secret.
  const values = Object.entries(headers).flatMap(([name, value]) =>
    /^(accept.*|content-type|user-agent)$/i.test(name) ? [] : [value.trim(), ...value.trim().split(/\s+/).slice(1)],
  )
  const query = [
    address.search.slice(1),
    ...address.search
      .slice(1)
      .split('&')
      .map((pair) => pair.replace(/^[^=]*=/, '')),
  ]
  const all = [...whole, ...values, ...query.flatMap((text) => [text, percentDecoded(text)])]
  return [...new Set(all)].filter(({ length }) => length >= SHORTEST).sort((a, b) => b.length - a.length)
}

/** The text without the secrets, as they are or as JSON writes them. */
export function withoutSecrets(text: string, secrets: readonly string[]): string {
  let told = text
  for (const secret of secrets)
    told = told.replaceAll(secret, '[redacted]').replaceAll(JSON.stringify(secret).slice(1, -1), '[redacted]')
  return told
}

/** What may be told of an address that is none: nothing that may be user, password, query or fragment. */
export function tellableAddress(text: string): string {
  const [bare = ''] = text.split(/[?#]/, 1)
  const scheme = /^[a-z][\w+.-]*:\/\/+/i.exec(bare)?.[0] ?? ''
  const rest = bare.slice(scheme.length)
  // A password may hold `?` or `#`.
  if (text.includes('@') && !rest.includes('@')) return `${scheme}…`
  return `${scheme}${rest.slice(rest.lastIndexOf('@') + 1)}`
}
