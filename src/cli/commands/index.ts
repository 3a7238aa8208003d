import { type CommandEntry, entry } from '../command.ts'

/** Every command, in the order of the help. A module loads when its command is invoked. */
export const commands: readonly CommandEntry[] = [
  entry(
    'profile',
    'show what is in data: types, missing values, ranges, frequent values',
    () => import('./profile.ts'),
  ),
]
