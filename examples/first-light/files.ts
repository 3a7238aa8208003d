import { createRequire } from 'node:module'

const entry = createRequire(import.meta.url).resolve('vega-datasets')

/** A file of the vega-datasets package. */
export const vega = (name: string): string => entry.replace(/vega-datasets.*$/, `vega-datasets/data/${name}`)
