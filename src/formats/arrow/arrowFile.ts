import { fileSource } from '../fileSource.ts'

/** Arrow IPC files and streams, Feather version 2 among them, plain or compressed. The bytes say which one it is. */
export const arrowFile = fileSource<object>({
  name: 'arrow',
  endings: ['arrow', 'arrows', 'feather', 'ipc'],
  options: {},
  compressed: true,
  open: async (...files) => (await import('./openArrow.ts')).openArrow(...files),
})
