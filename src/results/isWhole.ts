import type { RunDocument } from './runDocument.ts'

/** Whether a run asked all there was to ask. */
export function isWhole({ outcome: { tests, files }, problems }: Pick<RunDocument, 'outcome' | 'problems'>): boolean {
  // Files that --project or --exclude leaves out are not counted.
  return tests.ran >= tests.found && files.ran >= files.found && !problems.some(({ kind }) => kind === 'left-out')
}
