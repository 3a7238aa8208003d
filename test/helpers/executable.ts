/** The scripts and handlers that markup would run. */
export function executable(markup: string): string[] {
  const own = markup.replace(/(<(script|style)\b[^>]*>).*?(?=<\/\2>)/gs, '$1')
  const tags = [...own.matchAll(/<([a-z][^\s>/]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/gi)]
  return tags
    .filter(([whole, name, rest]) => {
      const attributes = (rest as string).replace(/"[^"]*"|'[^']*'/g, '""')
      const island = whole.startsWith('<script type="application/gzip"')
      return (name === 'script' && !island) || /\son\w+\s*=/i.test(attributes)
    })
    .map(([whole]) => whole)
}
