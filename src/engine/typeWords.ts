import { countText } from '../words/text/numbers.ts'
import { shorten } from '../words/text/visible.ts'
import type { Column } from './engine.ts'

type Typed = Pick<Column, 'type' | 'native'>

/** Characters of an engine's name of a type that are told. */
const LONGEST = 120

const ENUM = /\bENUM\(('(?:[^']|'')*'(?:, *'(?:[^']|'')*')*)\)/g
const MEMBER = /'(?:[^']|'')*'/g
/** Types that are spelled with the names of their fields. */
const NAMED = /\b(?:STRUCT|UNION)\(/

/** The engine's name of a type for people: cut, and of an enumeration how many values it has, which are values of the column. */
export function nativeWords(native: string): string {
  return shorten(
    native.replace(ENUM, (_, members: string) => `ENUM of ${countText(members.match(MEMBER)?.length ?? 0, 'value')}`),
    LONGEST,
  )
}

/** What a column holds, in words: `decimal values (DECIMAL(9,2))`. */
export const typeWords = ({ type, native }: Typed): string => `${type} values (${nativeWords(native)})`

/** The same without names of fields, which of a personal column may be values: those of a JSON object that is a map. */
export const discreetTypeWords = (column: Typed): string =>
  NAMED.test(column.native) ? `${column.type} values` : typeWords(column)
