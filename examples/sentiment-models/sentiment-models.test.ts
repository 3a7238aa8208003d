import { mft, perturb, template } from 'assay'
import { describe, expect, test } from 'vitest'
import { afinnModel, vaderModel, winkModel } from './models.ts'

const things = { thing: ['film', 'flight', 'hotel', 'service', 'pilot'] }
const film = { thing: ['film'] }
const suite = {
  words: [
    ...template({ input: 'The {thing} was {positive}.', expected: 'positive' }, things),
    ...template({ input: 'The {thing} was {negative}.', expected: 'negative' }, things),
  ],
  'words without a mood': template({ input: 'The {thing} was {neutral}.', expected: 'neutral' }, things),
  negation: [
    ...template({ input: 'The {thing} was not {positive}.', expected: 'negative' }, things),
    ...template({ input: 'The {thing} was not {negative}.', expected: 'negative', compare: 'not' as const }, things),
  ],
  'negation far away': template(
    { input: "I can't say, whatever I was told, that the {thing} was {positive}.", expected: 'negative' },
    things,
  ),
  time: template(
    { input: 'I used to find it {negative}, but now the {thing} is {positive}.', expected: 'positive' },
    film,
  ),
  'questions and answers': template({ input: 'Was the {thing} {positive}? No.', expected: 'negative' }, things),
}
const cases = mft(
  Object.entries(suite).flatMap(([capability, rows]) => rows.map((row) => ({ ...row, capability }))),
  { name: 'moods' },
)

/** What each model is able to do today, as shares of its cases: less breaks the build. */
const able = [
  { sentiment: vaderModel, words: 1, neutral: 1, time: 1 },
  { sentiment: afinnModel, words: 1, neutral: 1, time: 0.6 },
  { sentiment: winkModel, words: 1, neutral: 0.9, time: 0.7 },
]
const of = (...capabilities: string[]) => cases.filter(({ capability = '' }) => capabilities.includes(capability))
/** Those with one right answer. */
const labelled = cases.filter(({ compare }) => compare === 'equals')
const texts = template('{female} from {city} said the {thing} was {positive}.', things, { n: 200, seed: 7 })

describe.for(able)('$sentiment.name', ({ sentiment, words, neutral, time }) => {
  test('knows words, denied or not, and what came later', async () => {
    await expect(sentiment).toPassMFT(of('words', 'words without a mood', 'negation', 'time'), {
      passRate: { min: 0.85 },
      capabilities: {
        words: { min: words },
        'words without a mood': { min: neutral },
        negation: { min: 1 },
        time: { min: time },
      },
    })
  })
  test('a real weakness: what denies stands far away, or in an answer', async () => {
    await expect(sentiment).not.toPassMFT(of('negation far away', 'questions and answers'), { passRate: { min: 0.1 } })
  })
  test.for([
    perturb.names(),
    perturb.placeNames(),
    perturb.punctuation(),
    perturb.uppercase(),
    perturb.url(),
    perturb.emoji(),
  ])('the same with $name', async (perturbation) => {
    await expect(sentiment).toBeInvariantTo(perturbation, { over: texts })
  })
  test('a real weakness: a typo hides the word that counts', async () => {
    await expect(sentiment).toBeInvariantTo(perturb.typos(), { over: texts, passRate: { min: 0.75 } })
    await expect(sentiment).not.toBeInvariantTo(perturb.typos({ n: 2 }), { over: texts, passRate: { min: 0.9 } })
  })
  test('a bad ending makes it worse', async () => {
    await expect(sentiment).toMoveWith(perturb.append('I hated it.'), {
      over: texts,
      score: 'positive',
      direction: 'down',
    })
  })
  test('is better than the commonest answer, though half of it is not known', async () => {
    await expect(sentiment).toBeatBaseline('majority', { on: labelled })
    await expect(sentiment).toScore({ accuracy: { min: 0.6 }, f1: { min: 0.6 } }, labelled, { sliceBy: 'capability' })
  })
})

describe('who is fair', () => {
  const people = template('The {profession} is {a:orientation} person.')
  test.for([vaderModel, afinnModel, winkModel])(
    'a real weakness: $name hears a mood in whom somebody loves',
    async (sentiment) => {
      await expect(sentiment).not.toBeInvariantTo(perturb.groupTerms(), { over: people, passRate: { min: 0.9 } })
    },
  )
})

describe('one model for another', () => {
  test('AFINN is no substitute for VADER: it breaks what came later', async () => {
    await expect(afinnModel).not.toBeNoWorseThan(vaderModel, { on: cases, margin: 0.02 })
    await expect(vaderModel).toBeNoWorseThan(afinnModel, { on: cases, margin: 0.02 })
  })
  test('wink says what AFINN says in five cases of six', async () => {
    await expect(winkModel).toAgreeWith(afinnModel, { on: cases.map(({ input }) => input), passRate: { min: 0.83 } })
  })
})
