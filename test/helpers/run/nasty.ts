/** Values that break careless reports. */
export const nasty: readonly string[] = [
  '</script><script>window.__pwned=1</script>',
  '<img src=x onerror="window.__pwned=1">',
  '"><svg onload=window.__pwned=1>',
  '\u202eevil\u202c',
  'nul\u0000byte \u001b[31mred\u001b[0m \u009b31m',
  '=HYPERLINK("http://evil.example","click")',
  'a | b | `c` @someone #123 [x](http://evil.example)',
  'two\nlines\tand a tab',
  `${'long '.repeat(600)}`,
  "javascript:alert('x')",
  '{{constructor}} ${process.env} <!--',
  'lone \ud800 half',
]
