import type { Vitest } from 'vitest/node'

let taken: string | undefined

/**
 * Takes the one instant that all checks of a run compare times with, and hands it to the workers. An instant that was
 * given in the environment holds for every run of a watching vitest.
 */
export function takeInstant({ projects }: Pick<Vitest, 'projects'>): void {
  const environment = process.env.ASSAY_NOW
  if (environment !== undefined && environment !== taken) return
  taken = new Date().toISOString()
  process.env.ASSAY_NOW = taken
  for (const { config } of projects) config.env = { ...config.env, ASSAY_NOW: taken }
}
