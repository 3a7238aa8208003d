/** The name of a file as a shell takes it, and as no option. */
export function shellWord(name: string): string {
  const word = name.startsWith('-') ? `./${name}` : name
  return /^[\p{L}\p{N}_@%+=:,./-]+$/u.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
