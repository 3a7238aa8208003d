/** A set of code points as sorted ranges that don't touch, both ends inclusive. */
export type CodePointSet = readonly (readonly [number, number])[]

const LAST = 0x10ffff
const SURROGATES = [0xd800, 0xdfff] as const

/** All code points of either set. */
export function union(...sets: readonly CodePointSet[]): CodePointSet {
  const sorted = sets.flat().sort((a, b) => a[0] - b[0])
  const out: [number, number][] = []
  for (const [low, high] of sorted) {
    const last = out.at(-1)
    if (last && low <= last[1] + 1) last[1] = Math.max(last[1], high)
    else out.push([low, high])
  }
  return out
}

/** All code points that are not in the set. */
export function complement(set: CodePointSet): CodePointSet {
  const out: [number, number][] = []
  let next = 0
  for (const [low, high] of set) {
    if (low > next) out.push([next, low - 1])
    next = high + 1
  }
  if (next <= LAST) out.push([next, LAST])
  return out
}

const codes = (text: string): CodePointSet => union(Array.from(text, (one) => pair(one.codePointAt(0) as number)))
const pair = (code: number): readonly [number, number] => [code, code]

export const digits: CodePointSet = [[0x30, 0x39]]
export const wordCharacters: CodePointSet = union(digits, [
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
])
export const lineTerminators: CodePointSet = codes('\n\r\u2028\u2029')
export const whiteSpace: CodePointSet = union(codes('\t\v\f \u00a0\u1680\u202f\u205f\u3000\ufeff'), lineTerminators, [
  [0x2000, 0x200a],
])

const MOST_TESTED = 1000

/** The set with the other cases of its letters, as flag `i` means it; undefined when it holds letters beyond ASCII. */
export function withBothCases(set: CodePointSet): CodePointSet | undefined {
  const more: (readonly [number, number])[] = []
  let tested = 0
  for (const [low, high] of set) {
    for (let code = low; code <= high; code++) {
      if (++tested > MOST_TESTED) return undefined
      const letter = String.fromCodePoint(code)
      if (code > 0x7f) {
        if (letter.toLowerCase() !== letter || letter.toUpperCase() !== letter) return undefined
      } else if (/[a-z]/i.test(letter)) {
        more.push(pair(code ^ 0x20))
        // The two letters beyond ASCII that fold to letters of ASCII.
        if (/k/i.test(letter)) more.push(pair(0x212a))
        if (/s/i.test(letter)) more.push(pair(0x17f))
      }
    }
  }
  return union(set, more)
}

/**
 * The set as an expression that JavaScript (flag `u`), RE2 and PostgreSQL read alike: characters stand for themselves,
 * never as classes. NUL and lone surrogates, which no text of an engine can hold, never appear.
 */
export function spellSet(set: CodePointSet): string {
  // Neither empty nor full brackets mean the same everywhere.
  if (set.length === 0) return '(?:$a)'
  if (set.length === 1 && set[0]?.[0] === 0 && set[0][1] === LAST) return '(?:[^a]|a)'
  if (set.length === 1 && set[0]?.[0] === set[0]?.[1] && set[0]?.[0] !== 0) return spellLiteral(set[0]?.[0] as number)
  const negated = set[0]?.[0] === 0
  const ranges = withoutSurrogates(negated ? complement(set) : set)
  if (ranges.length === 0) return negated ? '(?:[^a]|a)' : '(?:$a)'
  const spelled = ranges.map(([low, high]) =>
    low === high ? spellLiteral(low) : `${spellLiteral(low)}${high === low + 1 ? '' : '-'}${spellLiteral(high)}`,
  )
  return `[${negated ? '^' : ''}${spelled.join('')}]`
}

function withoutSurrogates(set: CodePointSet): CodePointSet {
  return complement(union(complement(set), [SURROGATES]))
}

/** One character as itself; punctuation of ASCII behind a backslash. */
function spellLiteral(code: number): string {
  const character = String.fromCodePoint(code)
  return /^[!-/:-@[-^`{-~]$/.test(character) ? `\\${character}` : character
}
