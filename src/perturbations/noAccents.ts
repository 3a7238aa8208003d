import { onText } from './define.ts'
import type { Perturbation } from './perturbation.ts'

/** Writes letters without their accents. */
export function noAccents(): Perturbation {
  return onText({
    name: 'no accents',
    change: (text) =>
      text
        .normalize('NFD')
        .replace(/\p{M}+/gu, '')
        .normalize('NFC'),
  })
}
