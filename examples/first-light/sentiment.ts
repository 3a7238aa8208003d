import vader from 'vader-sentiment'

/** VADER, a lexicon of words with rules for negation and emphasis: the usual three labels from its compound score. */
export function classify(text: string): 'positive' | 'negative' | 'neutral' {
  const { compound } = vader.SentimentIntensityAnalyzer.polarity_scores(text)
  if (compound >= 0.05) return 'positive'
  return compound <= -0.05 ? 'negative' : 'neutral'
}
