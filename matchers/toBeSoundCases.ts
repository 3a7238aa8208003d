import type { MftCase } from '../src/behavior/mft.ts'
import { soundCases, type SoundCasesOptions } from '../src/behavior/kinds/soundCases.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

/** The cases test something: none contradicts another, stands there twice or occurs in the training data. */
const definition: MatcherDefinition<readonly [options?: SoundCasesOptions], readonly MftCase[]> = {
  check(received, [options]) {
    if (Array.isArray(received)) return soundCases(received as readonly MftCase[], options)
    throw wrongReceived('toBeSoundCases', received, 'cases', "expect(mft('cases.csv')).toBeSoundCases(…)")
  },
}

export default definition
