import { integer } from './numbers.ts'

/** Characters that show nothing, or steer a terminal or the direction of text. Lone halves of surrogate pairs are among them. */
const unseen =
  '[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800\\ufff9-\\ufffb\\u{13430}-\\u{1343f}\\u{1d159}]'

/** Scripts in which joiners choose the form of letters. */
const joining = [
  'Adlam Arabic Hanifi_Rohingya Mandaic Manichaean Mongolian Nko Phags_Pa Sogdian Syriac',
  'Balinese Bengali Devanagari Gujarati Gurmukhi Javanese Kannada Khmer Malayalam Myanmar Oriya Sinhala Tamil Telugu',
  'Tibetan',
]
  .flatMap((scripts) => scripts.split(' '))
  .map((script) => `\\p{Script_Extensions=${script}}`)
  .join('')
const letter = `(?=[\\p{L}\\p{M}\\p{Nd}])[${joining}]`
const viramas = '[\\u094d\\u09cd\\u0a4d\\u0acd\\u0b4d\\u0bcd\\u0c4d\\u0ccd\\u0d4d\\u0dca]'
const emoji = '\\p{Extended_Pictographic}(?:\\ufe0f|\\p{Emoji_Modifier})?'

/** Where such characters are part of writing, and show. */
const inPlace = [
  // Families, professions and flags of several emoji.
  `${emoji}(?:\\u200d${emoji})+`,
  // The flags of England, Scotland and Wales: no other sequence of tags is one.
  '\\u{1f3f4}\\u{e0067}\\u{e0062}(?:\\u{e0065}\\u{e006e}\\u{e0067}|\\u{e0073}\\u{e0063}\\u{e0074}|\\u{e0077}\\u{e006c}\\u{e0073})\\u{e007f}',
  '[0-9#*]\\ufe0f\\u20e3',
  '(?![0-9#*])\\p{Emoji}[\\ufe0e\\ufe0f]',
  '\\p{Unified_Ideograph}[\\ufe00-\\ufe02\\u{e0100}-\\u{e01ef}]',
  '[\\p{Sm}\\p{Script=Myanmar}\\p{Script=Phags_Pa}]\\ufe00',
  '(?=\\p{L})\\p{Script=Mongolian}(?:[\\u180b-\\u180d\\u180f]|\\u180e(?=(?=\\p{L})\\p{Script=Mongolian}))',
  `(?<=${letter})[\\u200c\\u200d](?=${letter})`,
  `(?<=${viramas})\\u200d`,
].join('|')

/** Made at first use, since it takes as long as a small check: most text is plain. */
let either: RegExp | undefined
/** Text in which all shows: ASCII, Latin letters, punctuation, currencies, arrows and signs of mathematics. */
const plain = /^[ -~\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u22ff]*$/
const short: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r' }

function escaped(character: string): string {
  const code = character.codePointAt(0) as number
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, '0')}`
}

/** As JSON escapes it, in which two halves make one. */
const escapedInJson = (character: string): string =>
  character
    .split('')
    .map((half) => `\\u${half.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')

function seen(text: string, kept: string, escape = escaped): string {
  if (plain.test(text)) return text
  either ??= new RegExp(`(?:${inPlace})|(${unseen})`, 'gu')
  return text.replace(either, (whole: string, hidden: string | undefined) =>
    hidden === undefined || kept.includes(hidden) ? whole : (short[hidden] ?? escape(hidden)),
  )
}

/**
 * Text of the data on one line of a message, a terminal or a log: what shows nothing, or steers a terminal or the
 * direction of text, is written as `\u202e`, and nothing is a command to a CI server. Emoji of several parts, and
 * joiners between letters of scripts that have them, stay as they are. Seen twice, a text is the same.
 */
export function visible(text: string): string {
  return seen(withoutCommands(text), '')
}

/** Text of several lines, each of them `visible`. */
export function visibleLines(text: string): string {
  return text.split('\n').map(visible).join('\n')
}

/** JSON text of which all shows: what does not is escaped, so that it reads as the same value. */
export function visibleJson(text: string): string {
  return seen(withoutCommands(text), '\n', escapedInJson)
}

/** Text of a page, where lines and tabs show and no line is a command. */
export function visibleText(text: string): string {
  return seen(text, '\n\t')
}

/**
 * Text in which nothing is a command to a CI server that reads its log: `::warning::` where a line begins on GitHub
 * (an IPv6 address like `::1` is none), `##[group]`, `##vso[…]` and `##teamcity[…]`, GitLab's `section_start:`.
 */
export function withoutCommands(text: string): string {
  if (!text.includes(':') && !text.includes('#')) return text
  return text
    .replace(/^(\s*):(?=:(?![\da-f:.]*$))/gim, '$1\\u003a')
    .replace(/#(?=#\w*\[)/g, '\\u0023')
    .replace(/(section_(?:start|end)|travis_(?:fold|time)):/g, '$1\\u003a')
}

/** Longest text of one value in a report. */
const LONGEST_VALUE = 2000

/** At most `longest` characters; a cut text ends by saying how long it was. */
export function cut(text: string, longest: number = LONGEST_VALUE): string {
  if (text.length <= longest) return text
  return `${upTo(text, longest)}… (cut: ${integer(longest)} of ${integer(text.length)} characters)`
}

/** Text in which a number stays on one line with the percent sign after it and the comparison before it. */
export function keepTogether(text: string): string {
  return text.replace(/(\d) %/g, '$1\u202f%').replace(/([≤≥<>=]) (?=[\d−-])/g, '$1\u00a0')
}

/** At most `longest` characters, ending in an ellipsis; for labels and one-line summaries. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${upTo(text, longest - 1)}…`
}

/** The first characters, without half of a surrogate pair at the end. */
function upTo(text: string, length: number): string {
  return text.slice(0, length).replace(/[\ud800-\udbff]$/, '')
}

/** `a`, `a and b`, `a, b and c`. */
export function sentenceList(items: readonly string[]): string {
  if (items.length < 2) return items[0] ?? ''
  return `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`
}
