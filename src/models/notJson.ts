const strings = /"(?:[^"\\]|\\.)*"/g
const names = /(?<![\w.])-?(?:NaN|Infinity)(?!\w)/

/** What an answer is that is no JSON, and which word of Python's or JavaScript's it writes, if it does; `shown` is its beginning. */
export function notJson(text: string, shown: string): string {
  const [name] = names.exec(text.replace(strings, '')) ?? []
  return `answered no JSON${name === undefined ? '' : `, since it writes ${name}`}: ${shown}`
}
