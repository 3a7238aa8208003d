import { cohensD } from '../../stats/cohensD.ts'
import { tTest } from '../../stats/tTest.ts'
import { sampleMethod } from '../sampleMethod.ts'

/** As `welch`, with the pooled variance in Cohen's d and in p, which is that of Student's test. */
export const studentT = sampleMethod({
  name: 'studentT',
  unit: 'd',
  effect: 'difference of the means in pooled standard deviations (Cohen)',
  limit: 0.25,
  most: Number.POSITIVE_INFINITY,
  measure({ here, there }) {
    const { d, error } = cohensD(here, there, true)
    return { effect: Math.abs(d), error, p: tTest(here, there, true).p }
  },
})
