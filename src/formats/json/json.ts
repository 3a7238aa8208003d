import { fileSource } from '../fileSource.ts'
import { type JsonOptions, jsonOptions } from './jsonOptions.ts'

/** JSON Lines: one record a line. */
export const jsonLines = fileSource<object>({
  name: 'jsonl',
  endings: ['jsonl', 'ndjson'],
  options: {},
  compressed: true,
  open: async (...files) => (await import('./openJson.ts')).openJsonLines(...files),
})

/** JSON files: an array of records, records one after another, or an object that holds one array of records. */
export const json = fileSource<JsonOptions>({
  name: 'json',
  endings: ['json'],
  options: jsonOptions,
  compressed: true,
  open: async (...files) => (await import('./openJson.ts')).openJson(...files),
})
