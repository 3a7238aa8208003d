import { parseSync } from 'rolldown/utils'

/** A name that a file declares: a variable, a parameter, a function, a type, or a field of a type. */
export interface DeclaredName {
  readonly name: string
  readonly line: number
  /** The lines it can be seen on: from its declaration to the end of the block; all, for a field of a type. */
  readonly lines: number
  readonly role: 'field' | 'function' | 'type' | 'value'
  /** Whether other files can import it by this name. */
  readonly exported: boolean
}

interface Syntax {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [child: string]: unknown
}

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as Syntax).type === 'string'

/** What a name belongs to: it is seen up to the end of the innermost of these. */
const SCOPES = new Set([
  'ArrowFunctionExpression',
  'BlockStatement',
  'CatchClause',
  'ForInStatement',
  'ForOfStatement',
  'ForStatement',
  'FunctionDeclaration',
  'FunctionExpression',
  'Program',
  'StaticBlock',
  'SwitchStatement',
  'TSDeclareFunction',
  'TSFunctionType',
  'TSMethodSignature',
])
const FIELDS = new Set([
  'AccessorProperty',
  'MethodDefinition',
  'PropertyDefinition',
  'TSMethodSignature',
  'TSPropertySignature',
])
const TYPES = new Set(['ClassDeclaration', 'TSEnumDeclaration', 'TSInterfaceDeclaration', 'TSTypeAliasDeclaration'])
const FUNCTIONS = new Set(['FunctionDeclaration', 'TSDeclareFunction'])
const WITH_PARAMETERS = new Set([
  ...FUNCTIONS,
  'ArrowFunctionExpression',
  'FunctionExpression',
  'TSFunctionType',
  'TSMethodSignature',
])

/** The identifiers that a pattern binds. */
function bound(pattern: unknown): readonly Syntax[] {
  if (Array.isArray(pattern)) return pattern.flatMap(bound)
  if (!isSyntax(pattern)) return []
  if (pattern.type === 'Identifier') return [pattern]
  if (pattern.type === 'ObjectPattern') return bound(pattern.properties)
  if (pattern.type === 'ArrayPattern') return bound(pattern.elements)
  return [...bound(pattern.value), ...bound(pattern.left), ...bound(pattern.argument), ...bound(pattern.parameter)]
}

export function declaredNames(file: string, text: string): readonly DeclaredName[] {
  const { program, errors } = parseSync(file, text)
  if (errors.length > 0) throw new SyntaxError(`${file}: ${errors[0]?.message}`)
  const breaks = [...text.matchAll(/\n/g)].map(({ index }) => index)
  const lineAt = (offset: number): number => {
    let low = 0
    for (let high = breaks.length; low < high; ) {
      const middle = (low + high) >> 1
      if ((breaks[middle] as number) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
  const names: DeclaredName[] = []
  const declare = (identifier: Syntax, end: number, role: DeclaredName['role'], exported = false): void => {
    const line = lineAt(identifier.start)
    names.push({ name: identifier.name as string, line, lines: lineAt(end) - line + 1, role, exported })
  }
  const walk = (node: Syntax, scope: Syntax, exported: boolean): void => {
    const inner = SCOPES.has(node.type) ? node : scope
    if (node.type === 'VariableDeclaration')
      for (const declarator of node.declarations as readonly Syntax[]) {
        const made = isSyntax(declarator.init) && declarator.init.type === 'ArrowFunctionExpression'
        for (const name of bound(declarator.id)) declare(name, scope.end, made ? 'function' : 'value', exported)
      }
    if (WITH_PARAMETERS.has(node.type)) for (const name of bound(node.params)) declare(name, node.end, 'value')
    if (FUNCTIONS.has(node.type) && isSyntax(node.id)) declare(node.id, scope.end, 'function', exported)
    if (TYPES.has(node.type) && isSyntax(node.id)) declare(node.id, scope.end, 'type', exported)
    if (node.type === 'CatchClause') for (const name of bound(node.param)) declare(name, node.end, 'value')
    if (node.type === 'ImportSpecifier') for (const name of bound(node.local)) declare(name, scope.end, 'value')
    if (FIELDS.has(node.type) && isSyntax(node.key) && node.key.type === 'Identifier')
      declare(node.key, scope.end, 'field')
    const shown = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration'
    for (const child of Object.values(node))
      for (const value of Array.isArray(child) ? child : [child]) if (isSyntax(value)) walk(value, inner, shown)
  }
  const root = program as unknown as Syntax
  walk(root, root, false)
  return names
}
