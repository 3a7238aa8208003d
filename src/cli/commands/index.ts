import { type CommandEntry, entry } from '../command.ts'

/** Every command, in the order of the help. A module loads when its command is invoked. */
export const commands: readonly CommandEntry[] = [
  entry('check', 'hold data to a schema or to its contract', () => import('./check.ts')),
  entry('profile', 'show what is in data', () => import('./profile.ts')),
  entry('suggest', 'propose constraints that data like this is likely to hold', () => import('./suggest.ts')),
  entry('compare', 'say whom a changed contract breaks: readers, writers or nobody', () => import('./compare.ts')),
  entry('drift', 'compare data with a reference', () => import('./drift.ts')),
  entry('mft', 'test a model on cases with known answers', () => import('./mft.ts')),
  entry(
    'baseline',
    'keep what a model answers, for the next release to be compared with',
    () => import('./baseline.ts'),
  ),
  entry('cases', 'export inputs to be predicted anywhere, and score the predictions', () => import('./cases.ts')),
  entry('schema', 'write a schema in another language', () => import('./schema.ts')),
  entry('init', 'write a contract and a test for data', () => import('./init.ts')),
  entry('report', 'render the report of a run again', () => import('./report.ts')),
  entry('diff', 'show what changed between two runs', () => import('./diff.ts')),
  entry('explain', 'show the queries that would judge data', () => import('./explain.ts')),
  entry('waive', 'accept a known failure until a day', () => import('./waive.ts')),
]
