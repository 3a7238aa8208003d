/** `an` before the sound of a vowel: an hour, a university, an owl, an 8. */
export function articleOf(word: string, article: string): string {
  const vowel =
    /^(?:hour|honest|honou?r|heir|8|1[18](?!\d))/i.test(word) ||
    (/^[aeiou]/i.test(word) &&
      !/^(?:uni(?!n|m|d)|use|usu|uti|uto|ubi|uk|ug[ai]|eu|one(?!r)|once|ur[aeiou])/i.test(word))
  return vowel ? `${article}n` : article
}
