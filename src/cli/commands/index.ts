import { type CommandEntry, entry } from '../command.ts'

/** Every command, in the order of the help. A module loads when its command is invoked. */
export const commands: readonly CommandEntry[] = [
  entry('check', 'hold data to a schema or to its contract', () => import('./check.ts')),
  entry('profile', 'show what is in data', () => import('./profile.ts')),
  entry('drift', 'compare data with a reference', () => import('./drift.ts')),
]
