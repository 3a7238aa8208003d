import { mft, perturb } from 'assay'
import { describe, expect, test } from 'vitest'
import { all, common } from './models.ts'

const cases = mft(new URL('cases/sentences.csv', import.meta.url).pathname)
const sentences = cases.filter(({ capability }) => capability !== 'short').map(({ input }) => input)

describe.for([
  { language: all, short: 0.5, script: 0.75, spelling: 0.85 },
  { language: common, short: 0.5, script: 0.6, spelling: 0.95 },
])('$language.name', ({ language, short, script, spelling }) => {
  test('knows the language of a sentence, and half of the short texts', async () => {
    await expect(language).toPassMFT(cases, {
      passRate: { min: 0.7 },
      capabilities: { sentence: { min: 0.9 }, script: { min: script }, short: { min: short } },
    })
  })
  test('does not need punctuation, capitals or single spaces', async () => {
    for (const perturbation of [perturb.noPunctuation(), perturb.lowercase(), perturb.whitespace()])
      await expect(language).toBeInvariantTo(perturbation, { over: sentences })
  })
  test('bears typos and missing accents', async () => {
    await expect(language).toBeInvariantTo(perturb.typos(), { over: sentences, passRate: { min: spelling } })
    await expect(language).toBeInvariantTo(perturb.noAccents(), { over: sentences, passRate: { min: 0.9 } })
  })
  test('a real weakness: an address at the end makes another language of it', async () => {
    await expect(language).not.toBeInvariantTo(perturb.url(), { over: sentences, passRate: { min: 0.9 } })
  })
  test('says that it cannot tell what is no language', async () => {
    const nothing = ['', '12345', '?!', '😀😀😀', '\u0000\u0007'].map((input) => ({ input, expected: 'und' }))
    await expect(language).toPassMFT(mft(nothing, { name: 'nothing to read' }))
  })
})

describe('fewer languages for more', () => {
  test('it takes more cases to tell which one is better', async () => {
    await expect(common).toBeNoWorseThan(all, { on: cases, margin: 0.1 })
    await expect(common).toBeNoWorseThan(all, { on: cases, margin: 0.01, onInconclusive: 'warn' })
  })
  test('both are better than to say the commonest language', async () => {
    await expect(all).toBeatBaseline('majority', { on: cases })
    await expect(common).toBeatBaseline('majority', { on: cases })
  })
})
