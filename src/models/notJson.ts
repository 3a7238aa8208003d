const strings = /"(?:[^"\\]|\\.)*"/g
const names = /(?<![\w.])-?(?:NaN|Infinity)(?!\w)/
/** What Python prints of an object that was not made JSON. */
const printed = /^\s*[[{(]/
const pythonNames = /(?<![\w.'])(?:None|True|False)(?![\w'])/
const bare = /^\s*[\p{L}\p{N}_][\p{L}\p{N}_ .-]*$/u

/** What an answer is that is no JSON, and what it writes that JSON has not; `shown` is its beginning. */
export function notJson(text: string, shown: string): string {
  const why = reason(text.replace(strings, ''))
  return `answered no JSON${why === undefined ? '' : `, ${why}`}: ${shown}`
}

function reason(text: string): string | undefined {
  const [name] = names.exec(text) ?? /^\s*(?:None|True|False)\s*$/.exec(text) ?? []
  if (name !== undefined) return `since it writes ${name.trim()}`
  if (bare.test(text)) return 'since a text stands there without double quotes'
  if (!printed.test(text)) return undefined
  if (/[[{(,:]\s*'/.test(text)) return 'since it writes texts in single quotes'
  const [word] = pythonNames.exec(text) ?? []
  return word === undefined ? undefined : `since it writes ${word}`
}
