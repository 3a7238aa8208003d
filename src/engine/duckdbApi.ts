import { compiled } from '../compiled.ts'

export type Api = typeof import('@duckdb/node-api')

/**
 * The engine's package, loaded at first use. Required: an import of a CommonJS package reads all its files for the names
 * that they export, which takes longer than loading it. In `dist` its files are one (scripts/bundle.mjs).
 */
export const duckdbApi = (): Api => compiled(import.meta.url, '@duckdb/node-api') as Api
