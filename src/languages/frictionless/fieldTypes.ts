import { isObject, type JsonObject, shown, wrongSchema } from '../../schema/json.ts'
import { type FieldFormat, type FieldType, form, json, never, oneOf, readAs, reader } from './fieldType.ts'
import { geoFields } from './geoFields.ts'
import { numberField } from './numberField.ts'
import { timeFields } from './timeFields.ts'

const isArray = (found: unknown): found is readonly unknown[] => Array.isArray(found)
const stringFormats: Readonly<Record<string, JsonObject>> = {
  default: {},
  email: { format: 'email' },
  uri: { format: 'uri' },
  uuid: { format: 'uuid' },
  binary: { format: 'byte' },
}

/** Every type of field, by the standard's names. Each throws AssayError `wrong-schema` for a format it has not. */
export const fieldTypes: Readonly<Record<string, (field: FieldFormat) => FieldType>> = {
  string: (field) => ({
    rules: { type: 'string', ...oneOf(field, stringFormats) },
    length: ['minLength', 'maxLength'],
  }),
  integer: (field) => numberField(field, 'integer'),
  number: (field) => numberField(field, 'number'),
  boolean: (field) => {
    const usual = [
      ['true', 'True', 'TRUE', '1'],
      ['false', 'False', 'FALSE', '0'],
    ] as const
    const yes = field.texts('trueValues', usual[0])
    const no = field.texts('falseValues', usual[1])
    oneOf(field, { default: {} })
    const custom = yes !== usual[0] || no !== usual[1]
    const read = reader(
      (text) => (yes.includes(text) ? true : no.includes(text) ? false : undefined),
      (native) => typeof native === 'boolean',
    )
    return {
      rules: { type: 'boolean' },
      form: form(custom ? `boolean written ${[...yes, ...no].join(', ')}` : 'boolean', read, !custom),
    }
  },
  object: (field) => structured(field, 'object', isObject, ['minProperties', 'maxProperties']),
  array: (field) => structured(field, 'array', isArray, ['minItems', 'maxItems']),
  list(field) {
    const delimiter = field.text('delimiter', ',')
    const itemType = field.text('itemType', 'string')
    const items = ['string', 'integer', 'boolean', 'number', 'datetime', 'date', 'time']
    if (!items.includes(itemType))
      throw wrongSchema(`${field.at}/itemType`, `found ${shown(itemType)}`, `it is one of ${items.join(', ')}`)
    oneOf(field, { default: {} })
    const item = (fieldTypes[itemType] as (of: FieldFormat) => FieldType)(plain(field.at))
    const each = (items: readonly unknown[]): unknown => {
      const read = items.map((one) =>
        item.form ? item.form.read(one) : typeof one === 'string' ? readAs(one) : undefined,
      )
      return read.includes(undefined) ? undefined : read.map((one) => one?.value)
    }
    return {
      rules: { type: 'array', items: item.rules },
      form: form(`list of ${itemType}s with ${shown(delimiter)} between`, (native) => {
        const found =
          typeof native === 'string' ? each(native.split(delimiter)) : isArray(native) ? each(native) : undefined
        return found === undefined ? undefined : readAs(found)
      }),
      length: ['minItems', 'maxItems'],
    }
  },
  ...timeFields,
  year: (field) => {
    oneOf(field, { default: {} })
    const read = reader(
      (text) => (/^-?([1-9]\d{3,}|0\d{3})(Z|[+-]\d\d:\d\d)?$/.test(text) ? Number.parseInt(text, 10) : undefined),
      Number.isInteger,
    )
    return { rules: { type: 'integer' }, form: form('year', read, true), order: Number }
  },
  yearmonth: (field) => {
    oneOf(field, { default: {} })
    const grammar = '^-?([1-9]\\d{3,}|0\\d{3})-(0[1-9]|1[0-2])(Z|[+-]\\d\\d:\\d\\d)?$'
    const regex = new RegExp(grammar)
    return {
      rules: { type: 'string', pattern: grammar },
      form: form(
        'yearmonth',
        reader((text) => (regex.test(text) ? text : undefined), never),
        true,
      ),
      order: (text) => {
        const [, year, month] = /^(-?\d+)-(\d\d)/.exec(String(text)) ?? []
        return Number(year) * 12 + Number(month)
      },
    }
  },
  duration: (field) => {
    oneOf(field, { default: {} })
    const regex = /^-?P(?=.)(\d+Y)?(\d+M)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?$/
    return {
      rules: { type: 'string', format: 'duration' },
      form: form(
        'duration',
        reader((text) => (regex.test(text) ? text : undefined), never),
        true,
      ),
    }
  },
  ...geoFields,
  any: (field) => {
    oneOf(field, { default: {} })
    return { rules: {} }
  },
}

const plain = (at: string): FieldFormat => ({
  format: 'default',
  at,
  text: (_, usual) => usual,
  flag: (_, usual) => usual,
  texts: (_, usual) => usual,
})

function structured(
  field: FieldFormat,
  type: 'object' | 'array',
  fine: (found: unknown) => boolean,
  length: readonly [string, string],
): FieldType {
  oneOf(field, { default: {} })
  return {
    rules: { type },
    form: form(
      type,
      reader((text) => [json(text)].find(fine), fine),
      true,
    ),
    length,
  }
}
