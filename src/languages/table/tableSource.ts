import { matchesAll } from '../../sql/portableRegex.ts'
import { type Json, type JsonObject, shown, textOf, wrongSchema } from '../../schema/json.ts'
import type { WrittenSchema } from '../language.ts'
import { typesOf } from '../../schema/reading.ts'
import { type ColumnSchema, lostInJson, type TableSchema } from '../../schema/tableSchema.ts'

/** The schema as TypeScript: a `table({…})`. */
export function tableSource(schema: TableSchema): WrittenSchema {
  const lost: string[] = [...lostInJson(schema)]
  const { columns, key, uniqueKeys = [], extraColumns, checks = [], row, title } = schema
  if (columns.length === 0) throw wrongSchema('#', 'it names no column, and a table has at least one')
  const used = new Set(['table'])
  const lines = columns.map((column) => {
    const { maker, code } = columnSource(column, (what) => lost.push(`column ${shown(column.name)}: ${what}`))
    used.add(maker)
    return `  ${/^[A-Za-z_$][\w$]*$/.test(column.name) && column.name !== '__proto__' ? column.name : `[${JSON.stringify(column.name)}]`}: ${code},`
  })
  for (const unique of uniqueKeys) lost.push(`the unique key ${unique.join(', ')}`)
  if (row) lost.push(...Object.keys(row).map((keyword) => `${keyword} ${shown(row[keyword])} of whole rows`))
  if (title !== undefined) lost.push(`the title ${shown(title)}`)
  const more = [
    ...(key.length > 0 ? [`.key(${key.map((name) => JSON.stringify(name)).join(', ')})`] : []),
    ...(extraColumns === 'fail' ? [".extraColumns('fail')"] : []),
    ...(checks.length > 0 ? [`.checks(${checks.map((one) => JSON.stringify(one)).join(', ')})`] : []),
  ]
  const code = [
    `import { ${[...used].sort().join(', ')} } from 'assay'`,
    '',
    'export default table({',
    ...lines,
    `})${more.join('')}`,
    '',
  ]
  return { schema: code.join('\n'), lost: [...new Set(lost)] }
}

function columnSource(column: ColumnSchema, lose: (what: string) => void): { maker: string; code: string } {
  const { rules, required, present } = column
  const said = new Set(['type', 'nullable'])
  const types = typesOf(rules) ?? []
  const wanted = types.filter((type) => type !== 'null')
  const times = wanted[0] === 'string' ? { date: 'date', 'date-time': 'timestamp' }[textOf(rules.format)] : undefined
  if (times) said.add('format')
  const [type] = wanted
  const maker =
    times ??
    (wanted.length === 1 && ['integer', 'number', 'string', 'boolean'].includes(String(type)) ? String(type) : 'string')
  if (maker !== type && !times) lose(`that values are ${wanted.length > 0 ? wanted.join(' or ') : 'of any type'}`)
  const calls: string[] = []
  const bounds = limits(rules, said, { min: 'minimum', max: 'maximum', gt: 'exclusiveMinimum', lt: 'exclusiveMaximum' })
  if (bounds !== '{  }' && ['integer', 'number'].includes(maker)) calls.push(`.between(${bounds})`)
  else forget(said, ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum'])
  const lengths = limits(rules, said, { min: 'minLength', max: 'maxLength' })
  if (maker === 'string') {
    // What every text is holds without being said.
    if (lengths !== '{  }') calls.push(`.length(${lengths})`)
    if (typeof rules.pattern === 'string') {
      if (!matchesAll(rules.pattern, 'u')) calls.push(`.matches(${JSON.stringify(rules.pattern)})`)
      said.add('pattern')
    }
  } else forget(said, ['minLength', 'maxLength'])
  const values = (rules.enum as readonly Json[] | undefined)?.filter((value) => value !== null)
  const kind = maker === 'integer' ? 'number' : maker
  if (values && values.length > 0 && values.every((value) => typeof value === kind)) {
    calls.push(`.oneOf(${values.map((value) => JSON.stringify(value)).join(', ')})`)
    said.add('enum')
  }
  if (!required) calls.push(present && types.includes('null') ? '.nullable()' : '.optional()')
  if (!required && present !== types.includes('null'))
    lose(present ? 'that it must be there' : 'that its values may be null')
  if (column.unique) calls.push('.unique()')
  if (column.mostly !== undefined) calls.push(`.mostly(${column.mostly})`)
  if (column.pii) calls.push('.pii()')
  if (column.severity === 'warn') calls.push('.warn()')
  const rest = Object.keys(rules).filter((keyword) => !said.has(keyword))
  if (rest.length > 0) lose(rest.map((keyword) => `${keyword} ${shown(rules[keyword])}`).join(', '))
  return { maker, code: `${maker}()${calls.join('')}` }
}

function limits(rules: JsonObject, said: Set<string>, names: Readonly<Record<string, string>>): string {
  const given = Object.entries(names).filter(([, keyword]) => rules[keyword] !== undefined)
  for (const [, keyword] of given) said.add(keyword)
  return `{ ${given.map(([name, keyword]) => `${name}: ${textOf(rules[keyword])}`).join(', ')} }`
}

function forget(said: Set<string>, names: readonly string[]): void {
  for (const name of names) said.delete(name)
}
