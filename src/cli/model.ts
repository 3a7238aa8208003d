import { stat } from 'node:fs/promises'
import path from 'node:path'
import { type Command as Parser, Option } from 'commander'
import { AssayError, nearestHint } from '../errors.ts'
import { exec } from '../models/exec.ts'
import { isModel, type Model, model } from '../models/model.ts'
import { onnx } from '../models/onnx/onnx.ts'
import { predictions } from '../models/predictions.ts'
import { importModule } from './importModule.ts'
import { number } from './list.ts'

/** The options that name a model. */
export interface ModelChoice {
  readonly predictions?: string
  readonly ignore?: readonly string[]
  readonly model?: string
  readonly exec?: string
  readonly name?: string
  readonly batch?: number
  readonly timeout?: number
}

/** Declares the options that name a model. */
export function declareModel(parser: Parser): void {
  parser
    .addOption(new Option('--predictions <file>', 'predictions: JSON lines, JSON or CSV').conflicts(['model', 'exec']))
    .addOption(
      new Option(
        '--model <module>',
        'a module that exports the function or model: file.js or file.js#name; or an ONNX file',
      ).conflicts('exec'),
    )
    .option('--exec <command>', 'a process that reads one JSON input a line and writes one JSON prediction a line')
    .option('--name <name>', 'how the model is called, with its version')
    .addOption(
      new Option('--batch <n>', 'inputs that the function of --model takes at once, as an array').argParser(number),
    )
    .addOption(new Option('--timeout <ms>', 'how long an answer may take').argParser(number))
}

/** The model that the options name. */
export async function modelOf(
  options: ModelChoice,
  total: (done: number) => void,
  more: (inputs: number) => void,
): Promise<Model> {
  const { predictions: file, model: module, exec: line, name, timeout, batch } = options
  if (module === undefined && batch !== undefined)
    throw unread('--batch', 'it is how many inputs a function of --model takes at once')
  if (file !== undefined && timeout !== undefined) throw unread('--timeout', 'predictions in a file take no time')
  const named = name === undefined ? {} : { name }
  if (file !== undefined) return predictions(file, { ...named, ignore: options.ignore ?? [] })
  if (line !== undefined)
    return exec(line, { ...named, ...(timeout === undefined ? {} : { timeout }), onProgress: total })
  if (module !== undefined) return imported(module, options, more)
  throw new AssayError('wrong-argument', 'there is no model to test', {
    hint: 'name one: --predictions <file>, --model <module> or --exec <command>',
  })
}

const unread = (flag: string, why: string): AssayError =>
  new AssayError('wrong-argument', `${flag} would change nothing here`, { hint: `leave it out, since ${why}` })

/** The function or model that a module exports. */
async function imported(
  reference: string,
  { name, batch, timeout }: ModelChoice,
  seen: (inputs: number) => void,
): Promise<Model> {
  if (/\.onnx$/i.test(reference)) {
    if (timeout !== undefined) throw unread('--timeout', 'an ONNX file is run in this process, to its end')
    return onnx(reference, { ...(name === undefined ? {} : { name }), ...(batch === undefined ? {} : { batch }) })
  }
  const whole = await stat(reference).catch(() => undefined)
  const hash = whole ? -1 : reference.lastIndexOf('#')
  const [file, wanted] = hash < 0 ? [reference, 'default'] : [reference.slice(0, hash), reference.slice(hash + 1)]
  const module = await importModule(file)
  const exported = module[wanted]
  if (isModel(exported)) {
    const [flag] = Object.entries({ name, batch, timeout }).find(([, value]) => value !== undefined) ?? []
    if (flag !== undefined)
      throw unread(`--${flag}`, `${reference} exports the model ${JSON.stringify(exported.name)}, which says its own`)
    return exported
  }
  if (typeof exported === 'function') {
    const predict = exported as (input: unknown) => unknown
    const settings = { ...(batch === undefined ? {} : { batch }), ...(timeout === undefined ? {} : { timeout }) }
    return model(
      name ?? (wanted === 'default' ? path.parse(file).name : wanted),
      counted(predict, batch !== undefined, seen),
      settings,
    )
  }
  const names = Object.keys(module)
  const listed = names.map((name) => JSON.stringify(name)).join(', ') || 'nothing'
  throw new AssayError(
    'wrong-argument',
    `${JSON.stringify(file)} exports no function or model ${JSON.stringify(wanted)}`,
    {
      hint: nearestHint(wanted, names, `it exports ${listed}`, (near) => `${file}#${near}`),
    },
  )
}

/** The function, counting the inputs it answered. */
function counted(
  predict: (input: unknown) => unknown,
  batch: boolean,
  seen: (inputs: number) => void,
): (input: unknown) => unknown {
  return (input) => {
    const answered = (): void => seen(batch ? (input as readonly unknown[]).length : 1)
    const answer = predict(input)
    if (answer instanceof Promise) void answer.then(answered, answered)
    else answered()
    return answer
  }
}
