import { textOf } from '../errors.ts'
import { defined, type SeedOptions, seedOptions, wrong } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** What `perturb.noise` can be told. */
export interface NoiseOptions extends SeedOptions {
  /**
   * How far a byte may move either way; default 2.
   * @example { by: 8 }
   */
  readonly by?: number
}

/** Moves each byte of raw bytes, such as the pixels of an image, a little. */
export function noise(options: NoiseOptions = {}): Perturbation {
  const { by = 2, seed } = seedOptions('noise', options, ['by'])
  if (!(Number.isInteger(by) && by >= 1 && by <= 255))
    throw wrong('noise', `got by: ${textOf(by)}`, 'by is a whole number from 1 to 255')
  return defined(
    {
      name: `noise ± ${by}`,
      seed,
      change(bytes: Uint8Array, { next }) {
        const moved = bytes.map((byte) => Math.min(255, Math.max(0, byte + Math.floor(next() * (2 * by + 1)) - by)))
        return moved.some((byte, i) => byte !== bytes[i]) ? moved : undefined
      },
    },
    (input): input is Uint8Array => input instanceof Uint8Array,
  )
}
