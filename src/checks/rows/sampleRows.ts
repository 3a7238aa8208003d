/** Failing rows shown at most. */
export const SAMPLE_ROWS = 20
