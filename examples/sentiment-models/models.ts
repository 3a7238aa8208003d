import { model } from 'assay'
import Afinn from 'sentiment'
import vader from 'vader-sentiment'
import english from 'wink-eng-lite-web-model'
import winkNlp from 'wink-nlp'

type Label = 'positive' | 'negative' | 'neutral'

/** A label with shares, from a mood between -1 and 1. */
function answer(mood: number, margin: number) {
  const label: Label = mood > margin ? 'positive' : mood < -margin ? 'negative' : 'neutral'
  return { label, scores: { positive: (1 + mood) / 2, negative: (1 - mood) / 2 } }
}

/** Rules over a lexicon of 7,500 words (Hutto and Gilbert 2014). */
export const vaderModel = model('vader@1.1.3', (text: string) =>
  answer(vader.SentimentIntensityAnalyzer.polarity_scores(text).compound, 0.05),
)

/** The sum of the words of AFINN-165, with a few words before them that deny. */
const lexicon = new Afinn()
export const afinnModel = model('afinn@5.0.2', (text: string) =>
  answer(Math.max(-1, Math.min(1, lexicon.analyze(text).comparative)), 0),
)

/** The sentiment of wink-nlp with its small model of English. */
const wink = winkNlp(english, ['sbd', 'negation', 'sentiment'])
export const winkModel = model('wink@2.4.0', (text: string) =>
  answer(Math.max(-1, Math.min(1, Number(wink.readDoc(text).out(wink.its.sentiment)))), 0),
)
