import { readFileSync } from 'node:fs'
import { parseSync } from 'rolldown/utils'

type Json = { readonly [name: string]: unknown }
/** A node of the syntax tree; which members it has depends on its type. */
interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [name: string]: unknown
}
interface Declaration {
  readonly node: Node
  readonly doc: string
  readonly source: Source
}
interface Source {
  readonly text: string
  /** The comment that ends where what it is about begins, by that end. */
  readonly comments: readonly { readonly start: number; readonly end: number; readonly value: string }[]
}

/**
 * The JSON Schema of a type that is declared in TypeScript, its interfaces as definitions and its comments as
 * descriptions. Tags in comments say what types do not: `@count` a whole number from 0, `@integer` any whole number,
 * `@minimum`, `@maximum` and `@maxItems` what they are called. A type that is computed is given as the union of others.
 */
export function typeSchema(
  files: readonly URL[],
  root: string,
  unions: Readonly<Record<string, readonly string[]>> = {},
): Json {
  const declared = new Map<string, Declaration>()
  for (const file of files) for (const [name, one] of declarationsOf(file)) declared.set(name, one)
  const defs: Record<string, Json> = {}
  const define = (name: string): Json => {
    if (!(name in defs)) {
      defs[name] = {}
      const { doc } = known(name)
      const names = unions[name]
      defs[name] = names ? { ...describedBy(doc), ...told(names.map(define)) } : declaration(known(name))
    }
    return { $ref: `#/$defs/${name}` }
  }
  const known = (name: string): Declaration => {
    const found = declared.get(name)
    if (!found) throw new Error(`no file declares the type ${name}`)
    return found
  }

  function declaration({ node, doc, source }: Declaration): Json {
    const description = describedBy(doc)
    if (node.type === 'TSTypeAliasDeclaration')
      return { ...description, ...typed(node['typeAnnotation'] as Node, source, doc) }
    return { ...description, ...object(membersOf(node, source)) }
  }

  /** What an interface has, of those it extends too. */
  function membersOf(node: Node, source: Source): readonly Member[] {
    const inherited = ((node['extends'] ?? []) as readonly Node[]).flatMap((heritage) => {
      const { name } = heritage['expression'] as unknown as { name: string }
      const params = (heritage['typeArguments'] as { params: readonly Node[] } | null)?.params ?? []
      const base = known(name === 'Omit' ? ((params[0] as Node)['typeName'] as { name: string }).name : name)
      const left = name === 'Omit' ? literalsOf(params[1] as Node) : []
      return membersOf(base.node, base.source).filter(({ node: member }) => !left.includes(nameOf(member)))
    })
    const { body } = node['body'] as { body: readonly Node[] }
    return [...inherited, ...body.map((member) => ({ node: member, source }))]
  }

  function object(members: readonly Member[]): Json {
    const properties: Record<string, Json> = {}
    const required: string[] = []
    for (const { node: member, source } of members) {
      const name = nameOf(member)
      const doc = docBefore(member, source)
      const annotation = (member['typeAnnotation'] as { typeAnnotation: Node }).typeAnnotation
      properties[name] = { ...typed(annotation, source, doc), ...describedBy(doc) }
      if (!member['optional']) required.push(name)
    }
    return { type: 'object', additionalProperties: false, required, properties }
  }

  function typed(node: Node, source: Source, doc: string): Json {
    switch (node.type) {
      case 'TSStringKeyword':
        return { type: 'string' }
      case 'TSBooleanKeyword':
        return { type: 'boolean' }
      case 'TSNullKeyword':
        return { type: 'null' }
      case 'TSNumberKeyword':
        return numeric(doc)
      case 'TSLiteralType':
        return { const: (node['literal'] as { value: unknown }).value }
      case 'TSTypeOperator':
      case 'TSParenthesizedType':
        return typed(node['typeAnnotation'] as Node, source, doc)
      case 'TSArrayType': {
        const [, most] = /@maxItems (\d+)/.exec(doc) ?? []
        const items = typed(node['elementType'] as Node, source, doc)
        return { type: 'array', ...(most === undefined ? {} : { maxItems: Number(most) }), items }
      }
      case 'TSTupleType': {
        const items = (node['elementTypes'] as readonly Node[]).map((item) => typed(item, source, doc))
        return { type: 'array', prefixItems: items, items: false, minItems: items.length }
      }
      case 'TSTypeLiteral':
        return object((node['members'] as readonly Node[]).map((member) => ({ node: member, source })))
      case 'TSUnionType':
        return union(node['types'] as readonly Node[], source, doc)
      case 'TSTypeReference':
        return reference(node, source, doc)
      default:
        throw new Error(`no rule for ${node.type}: ${source.text.slice(node.start, node.end)}`)
    }
  }

  function reference(node: Node, source: Source, doc: string): Json {
    const { name } = node['typeName'] as { name: string }
    const of = (node['typeArguments'] as { params: readonly Node[] } | null)?.params ?? []
    if (name === 'Readonly') return typed(of[0] as Node, source, doc)
    if (name === 'Record') return { type: 'object', additionalProperties: typed(of[1] as Node, source, doc) }
    return define(name)
  }

  /** Literals are an enumeration; objects that one member tells apart are looked at by it, so that errors name it. */
  function union(types: readonly Node[], source: Source, doc: string): Json {
    return told(types.map((one) => typed(one, source, doc)))
  }

  function told(schemas: readonly Json[]): Json {
    if (schemas.every((one) => 'const' in one)) return { enum: schemas.map((one) => one['const']) }
    const names = schemas.map(({ $ref }) => (typeof $ref === 'string' ? $ref.slice('#/$defs/'.length) : undefined))
    const tag = ['kind', 'type'].find((member) => {
      const values = names.map((name) => name && constantOf(name, member))
      return values.every((value) => value !== undefined) && new Set(values).size === values.length
    })
    if (tag === undefined) return { anyOf: schemas }
    const values = names.map((name) => constantOf(name as string, tag))
    return {
      type: 'object',
      required: [tag],
      properties: { [tag]: { enum: values } },
      allOf: schemas.map((then, i) => ({ if: { properties: { [tag]: { const: values[i] } } }, then })),
    }
  }

  /** The one value that a member of the type has. */
  function constantOf(name: string, member: string): unknown {
    const { node, source } = known(name)
    if (node.type === 'TSInterfaceDeclaration') {
      const { body } = node['body'] as { body: readonly Node[] }
      const found = body.find((one) => (one['key'] as { name?: string }).name === member)
      const annotation = (found?.['typeAnnotation'] as { typeAnnotation: Node } | undefined)?.typeAnnotation
      return annotation?.type === 'TSLiteralType' ? typed(annotation, source, '')['const'] : undefined
    }
    const annotation = node['typeAnnotation'] as Node
    if (annotation.type !== 'TSUnionType') return undefined
    const all = (annotation['types'] as readonly Node[]).map((one) =>
      one.type === 'TSTypeReference' ? constantOf((one['typeName'] as { name: string }).name, member) : undefined,
    )
    return new Set(all).size === 1 ? all[0] : undefined
  }

  const top = declaration(known(root))
  return { $schema: 'https://json-schema.org/draft/2020-12/schema', ...top, $defs: defs }
}

interface Member {
  readonly node: Node
  readonly source: Source
}

const nameOf = (member: Node): string => (member['key'] as { name: string }).name

function literalsOf(node: Node): readonly unknown[] {
  const all = node.type === 'TSUnionType' ? (node['types'] as readonly Node[]) : [node]
  return all.map((one) => (one['literal'] as { value: unknown }).value)
}

function declarationsOf(file: URL): readonly (readonly [string, Declaration])[] {
  const text = readFileSync(file, 'utf8')
  const { program, comments } = parseSync(file.pathname, text)
  const source = { text, comments }
  return (program.body as unknown as readonly Node[]).flatMap((statement) => {
    const node = (statement['declaration'] ?? statement) as Node
    if (node.type !== 'TSInterfaceDeclaration' && node.type !== 'TSTypeAliasDeclaration') return []
    const { name } = node['id'] as { name: string }
    return [[name, { node, doc: docBefore(statement, source), source }] as const]
  })
}

/** The comment right before a node. */
function docBefore({ start }: Node, { text, comments }: Source): string {
  const comment = comments.findLast(({ end }) => end <= start)
  if (!comment || text.slice(comment.end, start).trim() !== '') return ''
  return comment.value.replace(/^\*/, '').replace(/\n\s*\*/g, '\n')
}

function describedBy(doc: string): Json {
  const description = doc
    .replace(/@\w+(?: -?[\d.]+)?/g, '')
    .replaceAll('`', '')
    .replace(/\s+/g, ' ')
    .trim()
  return description === '' ? {} : { description }
}

function numeric(doc: string): Json {
  const tag = (name: string): Json => {
    const [, value] = new RegExp(`@${name} (-?[\\d.]+)`).exec(doc) ?? []
    return value === undefined ? {} : { [name]: Number(value) }
  }
  if (/@count\b/.test(doc)) return { type: 'integer', minimum: 0 }
  return { type: /@integer\b/.test(doc) ? 'integer' : 'number', ...tag('minimum'), ...tag('maximum') }
}
