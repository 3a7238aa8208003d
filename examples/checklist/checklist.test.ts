import { mft, model, perturb, template } from 'assay'
import vader from 'vader-sentiment'
import { describe, expect, test } from 'vitest'

// The tests of the sentiment suite of CheckList (Ribeiro et al. 2020, table 1), said about VADER (Hutto and Gilbert 2014).
// A limit is what the model keeps now; what it is bad at warns, and stands in the report.
const sentiment = model('vader@1.1.3', (text: string) => {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
  const label = compound >= 0.05 ? 'positive' : compound <= -0.05 ? 'negative' : 'neutral'
  return { label, scores: { positive: (1 + compound) / 2, negative: (1 - compound) / 2 } }
})

const words = {
  thing: ['flight', 'crew', 'seat', 'food', 'pilot', 'aircraft', 'service', 'cabin'],
  good: ['good', 'great', 'excellent', 'amazing', 'extraordinary', 'beautiful', 'fantastic', 'nice', 'sweet', 'fun'],
  bad: ['awful', 'bad', 'horrible', 'weird', 'rough', 'lousy', 'unhappy', 'average', 'difficult', 'frustrating', 'sad'],
  plain: [
    'American',
    'international',
    'commercial',
    'British',
    'private',
    'Italian',
    'Indian',
    'Australian',
    'Israeli',
  ],
  liked: ['like', 'enjoy', 'appreciate', 'love', 'recommend', 'admire', 'value', 'welcome'],
  disliked: ['hate', 'dislike', 'regret', 'abhor', 'dread', 'despise'],
  saw: ['see', 'find'],
  stronger: ['very', 'really', 'absolutely', 'truly', 'extremely', 'quite', 'incredibly', 'amazingly'],
  weaker: ['somewhat', 'kinda', 'mostly', 'probably', 'generally', 'reasonably', 'a little', 'a bit', 'slightly'],
}
/** The words of the tags that a text has; others are lists of the package: {female}, {city}. */
const wordsOf = (text: string) =>
  Object.fromEntries(Object.entries(words).filter(([tag]) => new RegExp(`[{:]${tag}}`).test(text)))
const cases = (text: string, expected: string, capability: string) =>
  mft(template({ input: text, expected, capability }, wordsOf(text), { n: 300, seed: 7 }), { name: text })
const texts = (text: string) => template(text, wordsOf(text), { n: 200, seed: 11 })
const reviews = [
  ...texts('The {thing} was {good}, thank you {female}.'),
  ...texts('The {thing} from {city} to {city2} was {bad}.'),
  ...texts('I {liked} the {thing}, it is what I need on my 30 trips.'),
]
const known = (passRate: number) => ({ passRate: { min: passRate } })
const weak = { passRate: { min: 0.95 }, severity: 'warn' } as const

describe('vocabulary', () => {
  test('single words', async () => {
    await expect(sentiment).toPassMFT(cases('{good}', 'positive', 'vocabulary'), known(0.9))
    await expect(sentiment).toPassMFT(cases('{bad}', 'negative', 'vocabulary'), weak)
    await expect(sentiment).toPassMFT(cases('{plain}', 'neutral', 'vocabulary'), known(1))
  })
  test('words in context', async () => {
    await expect(sentiment).toPassMFT(cases('It was {a:good} {thing}.', 'positive', 'vocabulary'), known(0.9))
    await expect(sentiment).toPassMFT(cases('I {disliked} the {thing}.', 'negative', 'vocabulary'), weak)
    await expect(sentiment).toPassMFT(cases('This is {a:plain} {thing}.', 'neutral', 'vocabulary'), known(1))
  })
  test('an intensifier makes it no weaker, a reducer no stronger', async () => {
    const stronger = perturb.of((text: unknown) => String(text).replace(' was ', ' was really '), { name: 'really' })
    const weaker = perturb.of((text: unknown) => String(text).replace(' was ', ' was somewhat '), { name: 'somewhat' })
    const over = texts('The {thing} was {good}.')
    await expect(sentiment).toMoveWith(stronger, { over, score: 'positive', direction: 'up', by: 0, ...known(0.95) })
    await expect(sentiment).toMoveWith(weaker, { over, score: 'positive', direction: 'down', by: 0, ...known(0.95) })
  })
  test('neutral words make no difference', async () => {
    const over = texts('The {plain} {thing} was {good}.')
    const others = perturb.of((text: unknown) => String(text).replace(/American|British|Italian|Indian/, 'foreign'), {
      name: 'other neutral words',
    })
    await expect(sentiment).toBeInvariantTo(others, { over, ...known(1) })
  })
  test('a phrase moves it its own way', async () => {
    const kind = perturb.append('I would fly with them again, I love them.')
    const unkind = perturb.append('Never flying with them again, I hate them.')
    await expect(sentiment).toMoveWith(kind, { over: reviews, score: 'positive', direction: 'up', by: -0.1 })
    await expect(sentiment).toMoveWith(unkind, { over: reviews, score: 'positive', direction: 'down', by: -0.1 })
  })
})

describe('robustness', () => {
  test.for([
    { change: perturb.url(), least: 0.95 },
    { change: perturb.handle(), least: 0.95 },
    { change: perturb.punctuation(), least: 0.95 },
    { change: perturb.typos(), least: 0.85 },
    { change: perturb.typos({ n: 2 }), least: 0.75 },
    { change: perturb.contracted(), least: 1 },
  ])('$change.name', async ({ change, least }) => {
    await expect(sentiment).toBeInvariantTo(change, { over: reviews, ...known(least) })
  })
})

describe('named entities', () => {
  test.for([perturb.names(), perturb.placeNames(), perturb.numbers()])('$name', async (change) => {
    await expect(sentiment).toBeInvariantTo(change, { over: reviews, ...known(0.95) })
  })
})

describe('time', () => {
  test('what is now counts more than what was', async () => {
    const now = [
      ...cases('I used to {disliked} this airline, although now I {liked} it.', 'positive', 'time'),
      ...cases('I {liked} this airline, although in the past I used to {disliked} it.', 'positive', 'time'),
      ...cases('In the past I would {liked} this airline, but now I {disliked} it.', 'negative', 'time'),
    ]
    await expect(sentiment).toPassMFT(now, weak)
  })
})

describe('negation', () => {
  test('of something good is bad', async () => {
    await expect(sentiment).toPassMFT(cases('The {thing} is not {good}.', 'negative', 'negation'), known(0.9))
    await expect(sentiment).toPassMFT(cases("I don't {liked} the {thing}.", 'negative', 'negation'), weak)
  })
  test('of something bad is not bad', async () => {
    const cleared = mft(
      template(
        {
          input: 'It was not {a:bad} {thing}.',
          expected: 'positive|neutral',
          compare: 'oneOf',
          capability: 'negation',
        },
        { bad: words.bad, thing: words.thing },
      ),
    )
    await expect(sentiment).toPassMFT(cleared, known(0.9))
  })
  test('of something neutral is neutral', async () => {
    await expect(sentiment).toPassMFT(cases('This is not {a:plain} {thing}.', 'neutral', 'negation'), known(1))
  })
  test('after a turn, and far from its word', async () => {
    const turned = cases('I thought the {thing} would be {good}, but it was not.', 'negative', 'negation')
    const far = cases(
      "I wouldn't say, given my time with this airline, that it was {a:good} {thing}.",
      'negative',
      'negation',
    )
    await expect(sentiment).toPassMFT(turned, weak)
    await expect(sentiment).toPassMFT(far, weak)
  })
})

describe('whose word it is', () => {
  test('the opinion of the writer counts', async () => {
    const mine = [
      ...cases('Some people think it is {good}, but I think it is {bad}.', 'negative', 'roles'),
      ...cases('They said it was {bad}, but I {liked} it.', 'positive', 'roles'),
    ]
    await expect(sentiment).toPassMFT(mine, weak)
  })
  test('an answer says whether it is so', async () => {
    const yes = cases('Was it {a:good} {thing}? Yes', 'positive', 'roles')
    const no = cases('Was it {a:good} {thing}? No', 'negative', 'roles')
    await expect(sentiment).toPassMFT(yes, known(0.9))
    await expect(sentiment).toPassMFT(no, weak)
  })
})

describe('fairness', () => {
  test('who somebody is is no mood', async () => {
    const people = [
      ...template('{female} is {a:nationality} {profession}.', {}, { n: 100, seed: 3 }),
      ...template('The {profession} is {a:believer}.', {}, { n: 100, seed: 3 }),
    ]
    await expect(sentiment).toBeInvariantTo(perturb.groupTerms(), { over: people, ...known(0.95) })
    await expect(sentiment).toBeInvariantTo(perturb.gender(), { over: people, ...known(0.95) })
    await expect(sentiment).toBeInvariantTo(perturb.professions(), { over: people, ...weak })
    const orientation = template('The {profession} is {a:orientation} person.')
    await expect(sentiment).toBeInvariantTo(perturb.groupTerms(), { over: orientation, ...weak })
  })
})
