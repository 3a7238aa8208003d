import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { portablePath } from '../../bytes/address.ts'
import { fileRead } from '../../bytes/reads.ts'
import { AssayError, firstLine, kindOf, textOf, wrongArgument } from '../../errors.ts'
import { isPlainObject, ownOptions } from '../../options.ts'
import { ownMemory } from '../residentMemory.ts'
import { budgeted } from '../budgeted.ts'
import { branded, type Model } from '../model.ts'
import { type Graph, readGraph } from './graph.ts'
import type { OnnxOptions } from './onnxOptions.ts'
import type { Started } from './started.ts'

const known = ['name', 'features', 'input', 'output', 'labels', 'softmax', 'batch', 'session', 'fingerprint']

/**
 * A model in an ONNX file, run here by the package onnxruntime-node, which is loaded when it is first asked. An input is a
 * record with a field for each of the model's inputs, a record whose `features` make its only one, or a number, text or
 * list. A missing number (`null`, an empty cell) is NaN where the type has it; a text that writes a number is read as it. An
 * input that the model cannot take is an error of that input. The answer is a label with the scores of all classes, a
 * number, a text or lists of them; classes are called as the file calls them. Throws an AssayError where the package or the
 * file is missing, and for names that the model does not have.
 * @example onnx('tumours.onnx', { features: ['radius', 'texture'] })
 */
export function onnx(file: string, options: OnnxOptions = {}): Model {
  if (typeof file !== 'string' || file === '') throw wrong(`got ${kindOf(file)} as file`, "e.g. onnx('tumours.onnx')")
  const own = checked(ownOptions('onnx()', options, known))
  const graph = graphIn(file)
  let started: Promise<Started> | undefined
  return budgeted(
    branded({
      name: own.name ?? path.parse(file).name,
      fingerprint: own.fingerprint ?? graph.fingerprint,
      source: portablePath(file),
      files: graph.files,
      memory: ownMemory,
      async predict(inputs, asked = {}) {
        const { predictAll, start } = await import('./started.ts')
        started ??= start(file, own, graph)
        return predictAll(await started, inputs, own, asked)
      },
    }),
  )
}

const wrong = wrongArgument('onnx()')

function checked(own: OnnxOptions): OnnxOptions {
  const { features, input, output, labels, softmax, batch, session } = own
  const texts = (list: unknown): boolean =>
    Array.isArray(list) &&
    list.length > 0 &&
    list.every((one) => typeof one === 'string') &&
    new Set(list).size === list.length
  const lists = Array.isArray(features) ? [features] : isPlainObject(features) ? Object.values(features) : [features]
  if (features !== undefined && !lists.every(texts))
    throw wrong('got features that are no different names', "e.g. { features: ['age', 'income'] }")
  if (labels !== undefined && !texts(labels))
    throw wrong('got labels that are no different names', "e.g. { labels: ['benign', 'malignant'] }")
  if (input !== undefined && typeof input !== 'function')
    throw wrong(
      `got ${kindOf(input)} as input`,
      'give a function of the input, e.g. (text) => ({ input_ids: encode(text) })',
    )
  if (output !== undefined && typeof output !== 'function' && (typeof output !== 'string' || output === ''))
    throw wrong(`got ${kindOf(output)} as output`, 'name an output, or give a function of all outputs')
  if (softmax !== undefined && typeof softmax !== 'boolean')
    throw wrong(`got softmax: ${textOf(softmax)}`, 'it is true or false')
  if (batch !== undefined && !(Number.isInteger(batch) && batch >= 1))
    throw wrong(`got batch: ${textOf(batch)}`, 'batch is a whole number')
  if (session !== undefined && !isPlainObject(session))
    throw wrong(`got ${kindOf(session)} as session`, 'e.g. { session: { intraOpNumThreads: 1 } }')
  for (const name of ['name', 'fingerprint'] as const)
    if (own[name] !== undefined && (typeof own[name] !== 'string' || own[name] === ''))
      throw wrong(`got ${kindOf(own[name])} as ${name}`, `${name} is a text`)
  return own
}

function graphIn(file: string): Graph & { readonly fingerprint: string; readonly files: readonly string[] } {
  const files: string[] = []
  const hash = createHash('sha256')
  const read = (path: string, hint: string): Uint8Array => {
    try {
      fileRead(path)
      const bytes = readFileSync(path)
      hash.update(bytes)
      files.push(path)
      return bytes
    } catch (cause) {
      throw new AssayError(
        'missing-file',
        `onnx(): the file ${JSON.stringify(path)} cannot be read: ${firstLine(cause)}`,
        {
          hint,
          cause,
        },
      )
    }
  }
  const graph = readGraph(read(file, 'the path is relative to the folder in which the tests run'))
  const folder = path.dirname(path.resolve(file))
  for (const name of [...graph.weights].sort()) {
    const whole = path.resolve(folder, name)
    // A file that points out of its folder is the runtime's to refuse.
    if (whole.startsWith(folder + path.sep))
      read(whole, `it holds weights of ${JSON.stringify(path.basename(file))}, and lies beside it`)
  }
  return { ...graph, files, fingerprint: `sha256:${hash.digest('hex').slice(0, 32)}` }
}
