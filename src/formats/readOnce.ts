import { AssayError } from '../errors.ts'

const read = new WeakSet<object>()

/**
 * Takes a stream, which comes once. Throws an AssayError where another dataset has read it, and for a stream of Node that
 * somebody has begun to read: what was taken of it would be missing. `label` names it.
 */
export function takeOnce(stream: object, label: string): void {
  if (read.has(stream))
    throw new AssayError('unsupported-source', `${label} comes only once, and was read by another dataset`, {
      hint: 'make one dataset of it and use that',
    })
  if ((stream as { readonly readableDidRead?: boolean }).readableDidRead === true)
    throw new AssayError('unsupported-source', `${label} comes only once, and somebody has begun to read it`, {
      hint: 'hand it over before anything is taken of it',
    })
  read.add(stream)
}
