import type { AssayMeta } from './transport.ts'

/** Which version of Assay runs, and the instant of the run, as blobs keep them: with a space between. */
export const runStamp = (version: string): string => `${version} ${process.env.ASSAY_NOW ?? ''}`

/** What a blob says of the run that wrote it; nothing where an older version did. An instant that is none is left out. */
export function readRunStamp(meta: AssayMeta): { readonly version?: string | undefined; readonly at?: string } {
  const [version, at = ''] = meta.run?.[0]?.split(' ') ?? []
  return Number.isNaN(Date.parse(at)) ? { version } : { version, at }
}
