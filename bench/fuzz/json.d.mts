export * from './format.mjs'
