import { mft, model, perturb, template } from 'assay'
import vader from 'vader-sentiment'
import { describe, expect, test } from 'vitest'

// VADER (Hutto and Gilbert 2014): a lexicon of words with rules. Its weaknesses are real, and were not planted here.
const release = (version: string, neutral: number) =>
  model(`vader@${version}`, (text: string) => {
    const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
    const label = compound >= neutral ? 'positive' : compound <= -neutral ? 'negative' : 'neutral'
    return { label, scores: { positive: (1 + compound) / 2, negative: (1 - compound) / 2 } }
  })
const before = release('1.1.2', 0.05)
const sentiment = release('1.1.3', 0.45)

const things = ['film', 'flight', 'hotel', 'service', 'pilot']
const likes = mft(
  template({ input: 'The {thing} was {positive}.', expected: 'positive', capability: 'vocabulary' }, { thing: things }),
)
const dislikes = mft(
  template({ input: 'The {thing} was {negative}.', expected: 'negative', capability: 'vocabulary' }, { thing: things }),
)
const denied = mft(
  template(
    { input: 'The {thing} was not {positive}.', expected: 'negative', capability: 'negation' },
    { thing: things },
  ),
)
const texts = template('{female} from {city} said the {thing} was {positive}.', { thing: things }, { n: 300, seed: 7 })

describe('minimum functionality', () => {
  test('words', async () => {
    await expect(sentiment).toPassMFT([...likes, ...dislikes], { passRate: { min: 0.7 } })
  })
  test('negation', async () => {
    await expect(sentiment).toPassMFT(denied, { passRate: { min: 0.6 } })
  })
  test('a real weakness: what used to be counts as much as what is', async () => {
    const now = mft(
      template({
        input: 'I used to think it was {negative}, but now it is {positive}.',
        expected: 'positive',
        capability: 'time',
      }),
    )
    await expect(sentiment).toPassMFT(now, { passRate: { min: 0.95 }, severity: 'warn' })
  })
})

describe('invariance', () => {
  test.for([perturb.names(), perturb.placeNames(), perturb.punctuation(), perturb.typos(), perturb.url()])(
    '$name',
    async (perturbation) => {
      await expect(sentiment).toBeInvariantTo(perturbation, { over: texts, passRate: { min: 0.75 } })
    },
  )
  test('a real weakness: groups of people are a mood', async () => {
    const people = template('The {profession} is {a:orientation} person.')
    await expect(before).not.toBeInvariantTo(perturb.groupTerms(), { over: people })
  })
})

describe('direction', () => {
  test('a bad ending makes it worse', async () => {
    await expect(sentiment).toMoveWith(perturb.append('I hated it.'), {
      over: texts,
      score: 'positive',
      direction: 'down',
    })
  })
})

describe('from release to release', () => {
  test('the new threshold breaks what the old one knew', async () => {
    await expect(sentiment).not.toBeNoWorseThan(before, { on: [...likes, ...dislikes, ...denied] })
  })
  test('it is the same model but for its threshold', async () => {
    await expect(sentiment).toAgreeWith(before, { on: texts, passRate: { min: 0.9 } })
    await expect(sentiment).toBeDeterministic({ on: texts.slice(0, 50) })
    await expect(sentiment).toBeatBaseline('majority', { on: [...likes, ...dislikes] })
  })
})
