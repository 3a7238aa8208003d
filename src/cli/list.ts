import { InvalidArgumentError } from 'commander'

/** Reads `a,b` as two names; a name that holds a comma stands in double quotes, a quote in it is doubled. */
export function list(text: string, before: readonly string[] = []): readonly string[] {
  const names = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",][^,]*|))(?=,|$)/g)]
  if (names.map(([whole]) => whole).join('') !== text)
    throw new InvalidArgumentError('Names are parted by commas; a name with a comma stands in double quotes.')
  return [...before, ...names.map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')]
}

/** Reads a number. */
export function number(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || Number.isNaN(value)) throw new InvalidArgumentError('It is not a number.')
  return value
}

/** Reads a share between 0 and 1; `95%` is 0.95. */
export function share(text: string): number {
  const value = text.endsWith('%') ? number(text.slice(0, -1)) / 100 : number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('A share lies between 0 and 1, e.g. 0.95 or 95%.')
  return value
}

/** Reads `accuracy=0.9,f1=0.8` as numbers by name. */
export function limits(text: string, before: Readonly<Record<string, number>> = {}): Readonly<Record<string, number>> {
  const read = { ...before }
  for (const part of list(text)) {
    const at = part.indexOf('=')
    if (at < 1) throw new InvalidArgumentError('A limit is a name and a number, e.g. accuracy=0.9.')
    read[part.slice(0, at).trim()] = number(part.slice(at + 1))
  }
  return read
}
