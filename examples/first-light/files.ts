import { createRequire } from 'node:module'
import path from 'node:path'

const data = path.join(path.dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json')), 'data')

/** A file of the vega-datasets package. */
export const vega = (name: string): string => path.join(data, name)
