// C0 and C1 controls, direction marks and overrides, zero-width characters and line separators.
const hidden = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/g

/** Text with characters that don't show, or that steer a terminal, a CI server or the direction of text, written as `\u202e`. */
export function visible(text: string): string {
  return withoutCommands(text).replace(hidden, (character) => {
    if (character === '\n') return '\\n'
    if (character === '\t') return '\\t'
    if (character === '\r') return '\\r'
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
}

/**
 * Text in which nothing is a command to a CI server that reads its log: `::set-output` where a line begins on GitHub,
 * `##[group]`, `##vso[…]` and `##teamcity[…]` anywhere.
 */
export function withoutCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gm, '$1\\u003a').replace(/#(?=#\w*\[)/g, '\\u0023')
}
