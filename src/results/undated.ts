const instants = /\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?/g

/** A text that is the same whichever days and times stand in it: those of the last days are others tomorrow. */
export function undated(text: string): string {
  return text.replace(instants, 'day')
}
