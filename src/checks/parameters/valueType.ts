import { AssayError, nearestHint } from '../../errors.ts'
import { valueText } from '../receiver.ts'
import type { Parameter } from './parameter.ts'

const types = ['boolean', 'integer', 'number', 'string', 'date', 'timestamp', 'timestamptz', 'time'] as const

/** The types `valuesOfType` can ask for. */
export type ValueType = (typeof types)[number]

/** A type of values. */
export const valueType: Parameter<'type', ValueType, [type: ValueType]> = {
  name: 'type',
  role: 'asked',
  doc: `the type: ${types.map((type) => `\`${type}\``).join(', ')}`,
  type: 'ValueType',
  example: "'integer'",
  parse(value, { asker }) {
    const type = types.find((one) => one === value)
    if (type !== undefined) return type
    throw new AssayError('wrong-argument', `${asker} does not know the type ${valueText(value)}`, {
      hint: nearestHint(value, types, `it knows ${types.join(', ')}`),
    })
  },
  toJSON: (type) => type,
}
