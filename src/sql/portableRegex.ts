import {
  type CodePointSet,
  complement,
  digits,
  lineTerminators,
  spellSet,
  union,
  whiteSpace,
  withBothCases,
  wordCharacters,
} from './codePointSet.ts'

/** PostgreSQL repeats at most 255 times; RE2 1000 times, nested repetitions multiplied. */
const MOST_REPEATED = 255

/**
 * The expression, valid under flag `u`, as a pattern that matches the same texts in RE2 and in PostgreSQL; undefined
 * when there is none: lookaround, backreferences, word boundaries, `\p`, flags `v` and `m` with anchors, letters
 * beyond ASCII under flag `i`, more than 255 repetitions. Classes are spelled out; groups don't capture and nothing is
 * lazy, since neither changes whether a text matches.
 */
export function portableRegex(source: string, flags: string): string | undefined {
  return translated(source, flags, false)
}

/**
 * The expression for RE2 with its named groups as the only ones, which hold the same texts as in JavaScript; a group
 * that took no part may hold the empty text. Undefined where there is none, as for groups that repeat.
 */
export function capturingRegex(source: string, flags: string): string | undefined {
  return translated(source, flags, true)
}

/**
 * Whether every text matches the expression, so that it says nothing: it matches the empty text, and is held at one end
 * at most. False where that is not known.
 */
export function matchesAll(source: string, flags: string): boolean {
  const reader = readerOf(source, flags.replace('m', ''), false)
  return translation(reader) !== undefined && reader.shortest === 0 && reader.anchors.size < 2
}

function translated(source: string, flags: string, captures: boolean): string | undefined {
  return translation(readerOf(source, flags, captures))
}

function readerOf(text: string, flags: string, captures: boolean): Reader {
  return { text, at: 0, flags, repeated: 1, captures, shortest: 0, named: 0, anchors: new Set() }
}

function translation(reader: Reader): string | undefined {
  if (reader.flags.includes('v') || reader.flags.includes('y')) return undefined
  try {
    const pattern = alternatives(reader)
    return reader.at === reader.text.length ? pattern : undefined
  } catch (error) {
    if (error instanceof Untranslatable) return undefined
    throw error
  }
}

class Untranslatable extends Error {}

function untranslatable(): never {
  throw new Untranslatable()
}

interface Reader {
  readonly text: string
  at: number
  readonly flags: string
  /** Product of the repetitions around the reader's place is checked when a quantifier is read. */
  repeated: number
  /** Named groups capture, and what is lazy stays so. */
  readonly captures: boolean
  /** The fewest characters the part read last matches. */
  shortest: number
  /** Named groups read so far. */
  named: number
  /** The anchors read so far. */
  readonly anchors: Set<string>
}

function take(reader: Reader, pattern: RegExp): RegExpExecArray | undefined {
  const sticky = new RegExp(pattern.source, 'yu')
  sticky.lastIndex = reader.at
  const match = sticky.exec(reader.text)
  if (!match) return undefined
  reader.at = sticky.lastIndex
  return match
}

function alternatives(reader: Reader): string {
  let out = ''
  let most = 1
  let shortest = Number.POSITIVE_INFINITY
  let length = 0
  while (reader.at < reader.text.length && reader.text[reader.at] !== ')') {
    if (take(reader, /\|/)) {
      out += '|'
      shortest = Math.min(shortest, length)
      length = 0
      continue
    }
    reader.repeated = 1
    out += term(reader)
    length += reader.shortest
    most = Math.max(most, reader.repeated)
  }
  reader.repeated = most
  reader.shortest = Math.min(shortest, length)
  return out
}

function term(reader: Reader): string {
  const before = reader.named
  reader.shortest = 1
  const single = atom(reader)
  const quantifier = take(reader, /([*+?]|\{(\d+)(,(\d*))?\})\??/)
  if (!quantifier) return single
  const [whole = '', once = '', least, , most] = quantifier
  const written = reader.captures ? whole : once
  // What may be empty can't be repeated or optional, and what repeats can't capture: engines differ in what counts.
  const repeats = once !== '?'
  if (reader.captures && (reader.shortest === 0 || (repeats && reader.named > before))) untranslatable()
  reader.shortest *= once === '+' ? 1 : Number(least ?? 0)
  if (least !== undefined) {
    const times = Math.max(Number(least), Number(most || 0), 1)
    reader.repeated *= times
    if (reader.repeated > MOST_REPEATED) untranslatable()
    // An expression that may repeat no times at all is written as single that is left out.
    if (Number(least) === 0 && (most === undefined || most === '0') && !once.endsWith(',}')) return '(?:)'
  }
  return `${single}${written}`
}

function atom(reader: Reader): string {
  if (take(reader, /\(\?(?=[=!]|<[=!])/)) untranslatable()
  const group = take(reader, /\((\?:|\?<[^>]+>)?/)
  if (group) {
    // Modifiers such as (?i:…) are read as a group that starts with a quantifier.
    if (reader.text[reader.at] === '?') untranslatable()
    const named = group[1]?.startsWith('?<') === true
    if (named) reader.named++
    const inner = alternatives(reader)
    if (!take(reader, /\)/)) untranslatable()
    return `(${named && reader.captures ? '' : '?:'}${inner})`
  }
  if (reader.text[reader.at] === '[') return spellSet(bracket(reader))
  const [anchor] = take(reader, /[\^$]/) ?? []
  if (anchor) {
    reader.shortest = 0
    reader.anchors.add(anchor)
    return reader.flags.includes('m') ? untranslatable() : `(?:${anchor})`
  }
  if (take(reader, /\./)) return spellSet(reader.flags.includes('s') ? complement([]) : complement(lineTerminators))
  return spellSet(character(reader))
}

/** A set of characters in brackets, `reader` standing at the opening one. */
function bracket(reader: Reader): CodePointSet {
  const negated = take(reader, /\[(\^?)/)?.[1] === '^'
  let set: CodePointSet = []
  while (!take(reader, /\]/)) {
    if (reader.at >= reader.text.length) untranslatable()
    const from = reader.text.startsWith('\\b', reader.at) ? backspace(reader) : single(reader)
    const low = only(from)
    if (low !== undefined && take(reader, /-(?!\])/)) {
      const to = reader.text.startsWith('\\b', reader.at) ? backspace(reader) : single(reader)
      const high = only(to)
      if (high === undefined) untranslatable()
      set = union(set, [[low, high]])
    } else set = union(set, from)
  }
  const cased = bothCases(set, reader)
  return negated ? complement(cased) : cased
}

function backspace(reader: Reader): CodePointSet {
  reader.at += 2
  return [[8, 8]]
}

const only = (set: CodePointSet): number | undefined =>
  set.length === 1 && set[0]?.[0] === set[0]?.[1] ? set[0]?.[0] : undefined

/** A character or a class outside brackets. */
function character(reader: Reader): CodePointSet {
  const negatedClass = take(reader, /\\([DS])/)?.[1]
  if (negatedClass) return complement(negatedClass === 'D' ? digits : whiteSpace)
  return bothCases(single(reader), reader)
}

function bothCases(set: CodePointSet, { flags }: Reader): CodePointSet {
  return flags.includes('i') ? (withBothCases(set) ?? untranslatable()) : set
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, v: 11, f: 12, r: 13 }

/** What one character, escape or class of the source stands for. */
function single(reader: Reader): CodePointSet {
  const letter = take(reader, /\\([dDsSwW])/)?.[1]
  if (letter) {
    if (letter === 'W' && reader.flags.includes('i')) untranslatable()
    const named = { d: digits, s: whiteSpace, w: wordCharacters }[letter.toLowerCase()] as CodePointSet
    return letter === letter.toLowerCase() ? named : complement(named)
  }
  const code = codePoint(reader)
  // Half a surrogate pair is no character of a text.
  return code >= 0xd800 && code <= 0xdfff ? untranslatable() : [[code, code]]
}

function codePoint(reader: Reader): number {
  const pairOf = take(reader, /\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})/)
  if (pairOf) {
    const [, high = '', low = ''] = pairOf
    return 0x10000 + ((Number.parseInt(high, 16) - 0xd800) << 10) + (Number.parseInt(low, 16) - 0xdc00)
  }
  const hex = take(reader, /\\(?:u\{([0-9a-fA-F]+)\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))/)
  if (hex) return Number.parseInt(hex[1] ?? hex[2] ?? hex[3] ?? '', 16)
  const control = take(reader, /\\c([a-zA-Z])/)?.[1]
  if (control) return control.charCodeAt(0) % 32
  const named = take(reader, /\\([tnvfr])/)?.[1]
  if (named) return controls[named] as number
  if (take(reader, /\\0(?!\d)/)) return 0
  const escaped = take(reader, /\\([\^$\\.*+?()[\]{}|/-])/)?.[1]
  if (escaped) return escaped.charCodeAt(0)
  // What is left behind a backslash: boundaries, backreferences, properties.
  if (reader.text[reader.at] === '\\') untranslatable()
  const code = reader.text.codePointAt(reader.at) ?? untranslatable()
  reader.at += code > 0xffff ? 2 : 1
  return code
}
