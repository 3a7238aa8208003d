const MARK = '\u{1}integer:'
/** Levels of lists and objects that JavaScript's own code can be asked to walk. */
const DEEPEST = 500

/** JSON text as a value; integers that a number would round are bigints. Nested deeper than 500 levels it stays text. */
export function exactJson(text: string): unknown {
  if (text.length > 2 * DEEPEST && depthOf(text) > DEEPEST) return text
  if (!/\d{16}/.test(text)) return JSON.parse(text)
  const marked = text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:[.eE][\d.eE+-]*)?/gs, (token) =>
    token.length >= 16 && /^-?\d+$/.test(token) && String(Number(token)) !== token
      ? JSON.stringify(`${MARK}${token}`)
      : token,
  )
  return JSON.parse(marked, (_, value: unknown) =>
    typeof value === 'string' && value.startsWith(MARK) ? BigInt(value.slice(MARK.length)) : value,
  )
}

function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  for (const [mark] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[{]|[\]}]/gs)) {
    if (mark === '[' || mark === '{') deepest = Math.max(deepest, ++depth)
    else if (mark === ']' || mark === '}') depth--
  }
  return deepest
}
