/** The score that an answer gives to a label, which may be called like what every object has (`constructor`); undefined where it gives none. */
export const labelScore = (scores: Readonly<Record<string, number>> | undefined, label: string): number | undefined =>
  scores && Object.hasOwn(scores, label) ? scores[label] : undefined
