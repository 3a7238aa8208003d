import { realpath } from 'node:fs/promises'
import path from 'node:path'
import { percentDecoded } from '../../bytes/address.ts'
import { AssayError } from '../../errors.ts'
import { type Draft, draftOf, type SchemaDocument } from '../../schema/drafts.ts'
import { isObject, type JsonObject, jsonCopy, shown, wrongSchema } from '../../schema/json.ts'
import { subschemas } from '../../schema/keywords.ts'
import { readSchemaFile } from '../../schema/schemaFile.ts'

const MOST = 1000

/**
 * The files a schema of a file refers to, and those they refer to, with the addresses they are known by. Only files in
 * the schema's own folder are read, and nothing is fetched.
 */
export async function documentsOf(
  root: JsonObject,
  draft: Draft,
  file: string | undefined,
): Promise<readonly SchemaDocument[]> {
  if (file === undefined) return []
  const folder = await realpath(path.dirname(file))
  const documents = new Map<string, SchemaDocument>()
  const known = new Set<string>()
  const queue = [{ schema: root, file: path.resolve(file), uri: '' }]
  for (let next = queue.shift(); next; next = queue.shift()) {
    const idOf = (part: JsonObject) => (draft === 'draft-04' ? part.id : part.$id)
    for (const [part] of subschemas(next.schema)) {
      const id = idOf(part)
      if (typeof id === 'string') known.add(id)
    }
    const id = idOf(next.schema)
    const base = typeof id === 'string' ? id : next.uri
    for (const [{ $ref }, at] of subschemas(next.schema)) {
      if (typeof $ref !== 'string') continue
      const relative = $ref.split('#', 1)[0] as string
      if (relative === '' || /^[a-z][a-z0-9+.-]*:/i.test(relative) || known.has(relative)) continue
      const uri = resolved(relative, base)
      if (documents.has(uri)) continue
      if (documents.size >= MOST) throw wrongSchema(at, `more than ${MOST} files are referred to`)
      const target = await insideFolder(
        path.resolve(path.dirname(next.file), percentDecoded(relative)),
        folder,
        $ref,
        at,
      )
      const schema = jsonCopy(await readSchemaFile(target))
      if (!isObject(schema)) throw wrongSchema(at, `the file of the $ref ${shown($ref)} holds ${shown(schema)}`)
      const part = schema as JsonObject
      if (part.$schema !== undefined && draftOf(part) !== draft)
        throw wrongSchema(at, `the file of the $ref ${shown($ref)} is of another version, ${draftOf(part)}`)
      documents.set(uri, { uri, schema: part })
      queue.push({ schema: part, file: target, uri })
    }
  }
  return [...documents.values()]
}

/** The address as ajv resolves it: against the base's, or a path among paths when there is none. */
function resolved(relative: string, base: string): string {
  if (/^[a-z][a-z0-9+.-]*:/i.test(base)) return new URL(relative, base).href
  return path.posix.normalize(path.posix.join(path.posix.dirname(base), relative))
}

async function insideFolder(target: string, folder: string, ref: string, at: string): Promise<string> {
  const real = await realpath(target).catch((cause: unknown) => {
    throw new AssayError('missing-file', `there is no file ${shown(target)} for the $ref ${shown(ref)} at ${at}`, {
      cause,
    })
  })
  if (!contains(folder, real))
    throw wrongSchema(at, `the $ref ${shown(ref)} leads out of the schema's folder`, 'move the file into the folder')
  return real
}

function contains(folder: string, file: string): boolean {
  const inside = path.relative(folder, file)
  return inside !== '..' && !inside.startsWith(`..${path.sep}`) && !path.isAbsolute(inside)
}

/** Whether a file stands in a folder, links followed; a file that is not there stands where its name says. */
export async function isInside(file: string, folder: string): Promise<boolean> {
  const real = await realpath(file).catch(() => undefined)
  return real === undefined
    ? contains(path.resolve(folder), path.resolve(file))
    : contains(await realpath(folder), real)
}
