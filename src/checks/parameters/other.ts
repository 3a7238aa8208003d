import path from 'node:path'
import { isRemote, portablePath } from '../../bytes/address.ts'
import { type Dataset, dataset as open } from '../../dataset/dataset.ts'
import type { DatasetOptions } from '../../dataset/datasetOptions.ts'
import { AssayError } from '../../errors.ts'
import { isPlainObject } from '../../options.ts'
import { described, isOpenable } from '../receiver.ts'
import type { Json, Parameter } from './parameter.ts'

/** Another dataset, which a check opens beside the one that it is about. */
export const other: Parameter<'other', Dataset, [other: Dataset]> = {
  name: 'other',
  role: 'asked',
  doc: 'the other dataset; in a contract the path of its file, or an object of `source` and options of `dataset()`',
  type: 'Dataset',
  example: 'customers',
  parse(value, { asker }) {
    if (isOpenable(value)) return value
    throw new AssayError('wrong-argument', `${asker} compares with a dataset, and got ${described(value)}`, {
      hint: `open it: dataset('customers.csv')`,
    })
  },
  toJSON(value, { folder } = {}) {
    const [exact, options, ...slices] = value.identity.read
    const ofFiles = Array.isArray(exact) && exact.every((path) => typeof path === 'string')
    if (!ofFiles || slices.length > 0) {
      throw new AssayError(
        'wrong-argument',
        `the dataset ${JSON.stringify(value.name)} is ${slices.length > 0 ? 'a slice' : `no file (${value.source})`}, and a contract can only name files`,
        { hint: 'put it into a file, or ask the check in a test' },
      )
    }
    const paths = exact.map((file) => (folder === undefined ? file : fromFolder(file, folder)))
    const source = (paths.length === 1 ? paths[0] : paths) as Json
    const more = Object.entries(options as object).map(([name, one]: [string, unknown]): [string, Json] => [
      name,
      (one instanceof Set ? [...one] : one) as Json,
    ])
    const named = open(exact as string[]).name === value.name ? [] : [['name', value.name] as const]
    return more.length + named.length === 0 ? source : Object.fromEntries([['source', source], ...named, ...more])
  },
  fromJSON(json, { folder }) {
    if (typeof json === 'string' || Array.isArray(json)) return open(inFolder(json, folder) as string)
    if (!isPlainObject(json)) return json
    const { source, ...options } = json
    return open(inFolder(source, folder) as string, options as DatasetOptions)
  },
  inputs: (value) => [value],
}

const isFixed = (file: string): boolean => file === '-' || path.isAbsolute(file) || isRemote(file)

/** A path that counts from the working folder, as it counts from another. */
const fromFolder = (file: string, folder: string): string =>
  isFixed(file) ? file : portablePath(path.relative(path.resolve(folder), path.resolve(file)))

/** Paths that count from a folder, as they count from the working folder. */
function inFolder(source: unknown, folder: string | undefined): unknown {
  if (folder === undefined) return source
  if (Array.isArray(source)) return source.map((one) => inFolder(one, folder))
  return typeof source !== 'string' || isFixed(source) ? source : path.join(folder, source)
}
