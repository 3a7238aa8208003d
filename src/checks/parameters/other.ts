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
  toJSON(value) {
    const [exact, options, ...slices] = value.identity.read
    const ofFiles = Array.isArray(exact) && exact.every((path) => typeof path === 'string')
    if (!ofFiles || slices.length > 0) {
      throw new AssayError(
        'wrong-argument',
        `the dataset ${JSON.stringify(value.name)} is ${slices.length > 0 ? 'a slice' : `no file (${value.source})`}, and a contract can only name files`,
        { hint: 'put it into a file, or ask the check in a test' },
      )
    }
    const source = (exact.length === 1 ? exact[0] : exact) as Json
    const more = Object.entries(options as object).map(([name, one]: [string, unknown]): [string, Json] => [
      name,
      (one instanceof Set ? [...one] : one) as Json,
    ])
    const named = open(source as string).name === value.name ? [] : [['name', value.name] as const]
    return more.length + named.length === 0 ? source : Object.fromEntries([['source', source], ...named, ...more])
  },
  fromJSON(json) {
    if (typeof json === 'string' || Array.isArray(json)) return open(json as string)
    if (!isPlainObject(json)) return json
    const { source, ...options } = json
    return open(source as string, options as DatasetOptions)
  },
  inputs: (value) => [value],
}
