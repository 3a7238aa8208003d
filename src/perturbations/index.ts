import { absent } from './absent.ts'
import { append } from './append.ts'
import { attribute } from './attribute.ts'
import { calendar } from './calendar.ts'
import { composed } from './composed.ts'
import { confusables } from './confusables.ts'
import { contracted } from './contracted.ts'
import { decomposed } from './decomposed.ts'
import { doubledLetters } from './doubledLetters.ts'
import { droppedLetters } from './droppedLetters.ts'
import { each } from './each.ts'
import { emoji } from './emoji.ts'
import { expanded } from './expanded.ts'
import { extraField } from './extraField.ts'
import { fieldOrder } from './fieldOrder.ts'
import { gender } from './gender.ts'
import { givenForms } from './given.ts'
import { groupTerms } from './groupTerms.ts'
import { handle } from './handle.ts'
import { inField } from './inField.ts'
import { jitter } from './jitter.ts'
import { jsonSpacing } from './jsonSpacing.ts'
import { keyboard } from './keyboard.ts'
import { lowercase } from './lowercase.ts'
import { missing } from './missing.ts'
import { names } from './names.ts'
import { negated } from './negated.ts'
import { noAccents } from './noAccents.ts'
import { noise } from './noise.ts'
import { noPunctuation } from './noPunctuation.ts'
import { numbers } from './numbers.ts'
import { numberWords } from './numberWords.ts'
import { ocr } from './ocr.ts'
import { of } from './of.ts'
import { oneOf } from './oneOf.ts'
import { otherZone } from './otherZone.ts'
import { paraphrased } from './paraphrased.ts'
import { placeNames } from './placeNames.ts'
import { prepend } from './prepend.ts'
import { professions } from './professions.ts'
import { punctuation } from './punctuation.ts'
import { rounded } from './rounded.ts'
import { scaled } from './scaled.ts'
import { shiftedDate } from './shiftedDate.ts'
import { swapped } from './swapped.ts'
import { titleCase } from './titleCase.ts'
import { truncated } from './truncated.ts'
import { typos } from './typos.ts'
import { uppercase } from './uppercase.ts'
import { url } from './url.ts'
import { whitespace } from './whitespace.ts'

export type { AmountOptions, Draw, SeedOptions } from './define.ts'
export type { Perturbation } from './perturbation.ts'
export type { GivenForms, GivenOptions } from './given.ts'
export type { FieldOptions } from './inField.ts'
export type { JitterOptions } from './jitter.ts'
export type { NoiseOptions } from './noise.ts'
export type { OwnOptions } from './of.ts'
export type { TruncationOptions } from './truncated.ts'

/** The perturbations, by name. */
export const perturb = {
  absent,
  append,
  attribute,
  calendar,
  composed,
  confusables,
  contracted,
  decomposed,
  doubledLetters,
  droppedLetters,
  each,
  emoji,
  expanded,
  extraField,
  fieldOrder,
  gender,
  given: givenForms,
  groupTerms,
  handle,
  inField,
  jitter,
  jsonSpacing,
  keyboard,
  lowercase,
  missing,
  names,
  negated,
  noAccents,
  noise,
  noPunctuation,
  numbers,
  numberWords,
  ocr,
  of,
  oneOf,
  otherZone,
  paraphrased,
  placeNames,
  prepend,
  professions,
  punctuation,
  rounded,
  scaled,
  shiftedDate,
  swapped,
  titleCase,
  truncated,
  typos,
  uppercase,
  url,
  whitespace,
}
