// A chunk of the package as a script: a CommonJS file that is given the chunks it imports, and an ES module that stands for
// it. What V8 makes of a script can be kept by every Node (src/compiled.ts), of an ES module only by newer ones.
import { createHash } from 'node:crypto'
import { parseAst } from 'rolldown/parseAst'

/**
 * The script and its file, and the module, which loads it by `compiled`, a function of the chunk at `loader`. Throws for a
 * chunk that would not mean the same.
 */
export function asScript(code, name, { loader, compiled }) {
  const { body } = parseAst(code)
  const imports = body.filter(({ type }) => type === 'ImportDeclaration')
  const exported = body.filter(({ type }) => type.startsWith('Export'))
  const chunks = imports.map(({ source }) => source.value).filter((source) => source.startsWith('./'))
  // What V8 kept knows not from where to import (before Node 22), so that the module does it.
  const given = [...chunks.map((_, i) => `chunk${i}`), 'importing']
  const names = exported.flatMap(namesOf)
  const changed = assigned(body)
  for (const [local, alias] of names) {
    if (changed.has(local)) throw new Error(`${name} assigns ${local}, but a script hands it out once`)
    if (!/^[\w$]+$/.test(alias)) throw new Error(`${name} exports ${local} as ${alias}`)
  }
  const handed = names.map(([local, alias]) => (local === alias ? local : `${alias}: ${local}`))
  const replaced = [
    ...imports.map((node) => [node, bound(node)]),
    ...exported.map((node) => [node, `return { ${handed.join(', ')} }`]),
    ...importing(body).map((node) => [node, 'importing']),
    ...metaUrls(body, code).map((node) => [node, 'require("node:url").pathToFileURL(__filename).href']),
  ]
  // In parentheses, so that V8 compiles it at once and does not read it twice.
  const script = `"use strict"\nmodule.exports = (function (${given.join(', ')}) {\n${withReplaced(code, replaced)}})\n`
  const file = named(name, script)
  const module = [
    ...chunks.map((path, i) => `import * as chunk${i} from ${JSON.stringify(path)}`),
    `import { ${compiled} as compiled } from ${JSON.stringify(loader)}`,
    'const importing = (name) => import(name)',
    `const script = compiled(import.meta.url, "./${file}")(${given.join(', ')})`,
    `const { ${names.map(([, alias], i) => `${alias}: export${i}`).join(', ')} } = script`,
    `export { ${names.map(([, alias], i) => `export${i} as ${alias}`).join(', ')} }\n`,
  ].join('\n')
  return { file, script, module }

  /** What an import declares, from what the script is given or requires. */
  function bound({ source: { value }, specifiers }) {
    if (!value.startsWith('./') && !value.startsWith('node:')) throw new Error(`${name} needs ${value} at its start`)
    const from = value.startsWith('./') ? given[chunks.indexOf(value)] : `require(${JSON.stringify(value)})`
    const isPart = ({ type }) => type === 'ImportSpecifier'
    const whole = specifiers.filter((one) => !isPart(one)).map(({ local }) => `const ${local.name} = ${from}`)
    const parts = specifiers.filter(isPart).map(({ imported, local }) => `${imported.name}: ${local.name}`)
    return [...whole, ...(parts.length > 0 ? [`const { ${parts.join(', ')} } = ${from}`] : [])].join('\n')
  }

  function namesOf(node) {
    const lists = node.type === 'ExportNamedDeclaration' && !node.source && !node.declaration
    if (!lists || exported.length > 1) throw new Error(`${name} exports by more than one list at its end`)
    return node.specifiers.map(({ local, exported }) => [local.name, exported.name])
  }
}

/** A file named by what it holds, so that what was compiled of it is never taken for another. */
export const named = (name, text) => `${name}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.cjs`

function withReplaced(code, replaced) {
  let text = ''
  let at = 0
  for (const [{ start, end }, instead] of replaced.sort(([a], [b]) => a.start - b.start)) {
    text += code.slice(at, start) + instead
    at = end
  }
  return text + code.slice(at)
}

const metaUrls = (body, code) =>
  [...nodesOf(body)].filter(
    ({ type, start, end }) => type === 'MemberExpression' && code.slice(start, end) === 'import.meta.url',
  )

/** The word in each `import(…)`. */
const importing = (body) =>
  [...nodesOf(body)].flatMap(({ type, start }) =>
    type === 'ImportExpression' ? { start, end: start + 'import'.length } : [],
  )

/** The names of a module's own variables that are assigned somewhere, in whatever scope. */
function assigned(body) {
  const own = body.filter(({ type, kind }) => type === 'VariableDeclaration' && kind !== 'const')
  const variables = new Set(own.flatMap(({ declarations }) => declarations.map(({ id }) => id.name)))
  const names = new Set()
  for (const node of nodesOf(body)) {
    const target =
      node.type === 'AssignmentExpression' ? node.left : node.type === 'UpdateExpression' ? node.argument : []
    if (target.type === 'MemberExpression') continue
    for (const { type, name } of nodesOf(target)) if (type === 'Identifier' && variables.has(name)) names.add(name)
  }
  return names
}

/** The nodes of a tree. */
function* nodesOf(tree) {
  if (Array.isArray(tree)) for (const one of tree) yield* nodesOf(one)
  else if (tree && typeof tree === 'object') {
    if (typeof tree.type === 'string') yield tree
    for (const part of Object.values(tree)) yield* nodesOf(part)
  }
}
