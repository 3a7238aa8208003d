/** The instant at which all checks are judged. */
export const NOW = new Date('2026-02-01T00:00:00Z')
