import { shown } from '../../schema/json.ts'
import { type FieldFormat, type FieldType, form, oneOf, reader } from './fieldType.ts'

/** A field of numbers, as the field says that they are written. */
export function numberField(field: FieldFormat, type: 'integer' | 'number'): FieldType {
  oneOf(field, { default: {} })
  const group = field.text('groupChar', '')
  const point = type === 'number' ? field.text('decimalChar', '.') : '.'
  const bare = field.flag('bareNumber', true)
  const grammar = type === 'integer' ? /^[+-]?\d+$/ : /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/
  const special: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Infinity, '-inf': -Infinity }
  const read = (text: string): number | undefined => {
    let digits = text
    if (!bare) digits = stripped(digits)
    if (group !== '') digits = digits.replaceAll(group, '')
    if (point !== '.') digits = digits.includes('.') ? '' : digits.replace(point, '.')
    if (grammar.test(digits)) return Number(digits)
    const named = text.toLowerCase()
    return type === 'number' && Object.hasOwn(special, named) ? special[named] : undefined
  }
  const fine = (native: unknown): boolean =>
    typeof native === 'number' && (type === 'number' || Number.isInteger(native))
  const more = [
    ...(group === '' ? [] : [`digits grouped by ${shown(group)}`]),
    ...(point === '.' ? [] : [`the decimal point ${shown(point)}`]),
    ...(bare ? [] : ['other characters around it']),
  ]
  const words = more.length === 0 ? type : `${type} with ${more.join(' and ')}`
  return { rules: { type }, form: form(words, reader(read, fine), more.length === 0), order: Number }
}

/** The text from its first digit, or the sign or point before it, to its last digit. */
function stripped(text: string): string {
  const first = text.search(/[-+.]?\d/)
  let end = text.length
  while (end > 0 && !/\d/.test(text[end - 1] as string)) end--
  return first < 0 ? '' : text.slice(first > 0 && /[-+]/.test(text[first - 1] as string) ? first - 1 : first, end)
}
