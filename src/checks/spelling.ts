/** What to try where some of the texts are numbers written in another way than `1234.5`; undefined where none is. */
export function numberSpelling(texts: readonly string[]): string | undefined {
  const written = (form: RegExp): boolean => texts.some((text) => form.test(text))
  const grouped = written(/^[+-]?\d{1,3}(\.\d{3})+(,\d+)?$/)
  if (written(/^[+-]?\d+,(\d{1,2}|\d{4,})$/) || written(/^[+-]?\d{1,3}(\.\d{3})+,\d+$/))
    return `if the comma stands before the fraction: dataset(…, { decimal: ','${grouped ? ", thousands: '.'" : ''} })`
  if (written(/^[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?$/))
    return "if the comma stands between thousands: dataset(…, { thousands: ',' })"
  return undefined
}

const DAY = /^(\d{1,2})([./-])(\d{1,2})\2\d{4}(?:[ T]\d{1,2}:\d{2}(?::\d{2})?)?$/

/** What to try where all of the texts are days written with the year at their end; undefined for others. */
export function daySpelling(texts: readonly string[]): string | undefined {
  const parts = texts.map((text) => DAY.exec(text))
  const [, , mark] = parts[0] ?? []
  if (mark === undefined || parts.some((part) => part?.[2] !== mark)) return undefined
  const above = (place: 1 | 3): boolean => parts.some((part) => Number(part?.[place]) > 12)
  const forms = [
    ...(above(3) ? [] : [`'%d${mark}%m${mark}%Y'`]),
    ...(above(1) || (mark === '.' && !above(3)) ? [] : [`'%m${mark}%d${mark}%Y'`]),
  ]
  if (forms.length === 0) return undefined
  return `days are written YYYY-MM-DD, and a query reads others: strptime(…, ${forms.join(' or ')})`
}
