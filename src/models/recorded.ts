import { createHash } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../bytes/folders.ts'
import { fileRead } from '../bytes/reads.ts'
import { exactJson } from '../bytes/exactJson.ts'
import { AssayError, textOf, wrongArgument } from '../errors.ts'
import { ownOptions } from '../options.ts'
import type { Answer } from './answer.ts'
import { ownText } from './inputKey.ts'
import { branded, isModel, type Model } from './model.ts'
import type { PredictOptions } from './modelOptions.ts'
import { jsonText, type AnswerValue } from './value.ts'

/** What `recorded` can be told. */
export interface RecordedOptions {
  /**
   * Where answers are kept: a file of JSON lines for each model and fingerprint.
   * @example { folder: 'recorded' }
   */
  readonly folder: string
  /**
   * `auto` asks the model for what was not recorded, `record` asks for all anew, `replay` never asks: what was not recorded
   * is an error. Default `replay` where the environment says `CI`, else `auto`.
   * @example { folder: 'recorded', mode: 'replay' }
   */
  readonly mode?: 'auto' | 'record' | 'replay'
}

/**
 * A model whose answers are kept on disk, by what was asked: later runs ask only what is new, and CI replays them offline.
 * Kept apart by name and `fingerprint`, which the model must have: another version is another model. Each repeat is an
 * answer of its own, errors are not kept, and what is kept has no latency, so timed checks always ask (`replay`: an error).
 * Answers to personal values are not recorded: an AssayError `wrong-use`, before anything is asked.
 * @example recorded(http(url, { name: 'sentiment@1.4.0', fingerprint: 'v1.4.0' }), { folder: 'recorded' })
 */
export function recorded(model: Model, options: RecordedOptions): Model {
  const wrong = wrongArgument('recorded()')
  if (!isModel(model))
    throw wrong('needs a model', "e.g. recorded(http(url, { fingerprint: 'v1' }), { folder: 'recorded' })")
  const { folder, mode = process.env.CI ? 'replay' : 'auto' } = ownOptions('recorded()', options, ['folder', 'mode'])
  if (typeof folder !== 'string' || folder === '')
    throw wrong(`got folder: ${textOf(folder)}`, "e.g. { folder: 'recorded' }")
  if (!['auto', 'record', 'replay'].includes(mode))
    throw wrong(`got mode: ${textOf(mode)}`, "it is 'auto', 'record' or 'replay'")
  const { name, fingerprint } = model
  if (fingerprint === undefined)
    throw wrong(
      `needs a fingerprint of ${name}`,
      "say which version answers, or a new one would be given old answers: { fingerprint: 'v1.4.0' }",
    )
  const tag = createHash('sha256')
    .update(jsonText([name, fingerprint]))
    .digest('hex')
    .slice(0, 12)
  const file = path.join(folder, `${name.replace(/[^\w.@-]+/g, '-').slice(0, 60)}~${tag}.jsonl`)
  let known: Map<string, Answer> | undefined
  return branded({
    ...model,
    async predict(inputs: readonly unknown[], callOptions: PredictOptions = {}) {
      known ??= mode === 'record' ? new Map() : keptIn(file)
      const { trial = 0, timed = false, personal = false } = callOptions
      const keys = inputs.map((input) => keyOf(input, trial))
      const answers = keys.map((key) => (timed || key === undefined ? undefined : known?.get(key)))
      const missing = answers.flatMap((answer, i) => (answer === undefined ? [i] : []))
      if (missing.length > 0 && mode === 'replay') {
        const why = timed ? 'was recorded without its latency' : 'was not recorded: run once with mode "auto"'
        for (const i of missing) answers[i] = { error: why }
      } else if (missing.length > 0) {
        if (personal && !timed)
          throw new AssayError(
            'wrong-use',
            `no answer of ${name} is recorded in ${JSON.stringify(folder)}: what is asked holds personal values, and so may the answers`,
            { hint: 'ask the model itself, or leave the personal columns out of the inputs' },
          )
        const predicted = await model.predict(
          missing.map((i) => inputs[i]),
          callOptions,
        )
        const lines: string[] = []
        missing.forEach((i, k) => {
          const { latency: _, ...answer } = predicted[k] as Answer
          answers[i] = predicted[k] as Answer
          const key = keys[i]
          if (key === undefined || answer.error !== undefined || timed) return
          known?.set(key, answer)
          lines.push(`${JSON.stringify(key)}\t${jsonText(answer as unknown as AnswerValue)}\n`)
        })
        if (lines.length > 0) {
          makeFolder(folder)
          appendFileSync(file, lines.join(''))
          fileRead(file)
        }
      }
      return answers.map((answer) => ({ ...(answer as Answer) }))
    },
  })
}

/** What was asked, for JSON: a hash, since inputs may be long or private. */
function keyOf(input: unknown, trial: number): string | undefined {
  try {
    return createHash('sha256')
      .update(`${trial} ${ownText(input)}`)
      .digest('hex')
  } catch {
    return undefined
  }
}

function keptIn(file: string): Map<string, Answer> {
  const known = new Map<string, Answer>()
  fileRead(file)
  if (!existsSync(file)) return known
  readFileSync(file, 'utf8')
    .split('\n')
    .forEach((line, i) => {
      if (line === '') return
      try {
        const [key = '', ...rest] = line.split('\t')
        const answer = exactJson(rest.join('\t')) as Answer
        if (typeof answer !== 'object' || answer === null || !Object.hasOwn(answer, 'value'))
          throw new Error('it has no value')
        known.set(JSON.parse(key) as string, answer)
      } catch (cause) {
        throw new AssayError(
          'wrong-prediction',
          `line ${i + 1} of ${JSON.stringify(file)} is no recorded answer: ${textOf(cause)}`,
          {
            discreet: `line ${i + 1} of ${JSON.stringify(file)} is no recorded answer`,
            hint: 'drop the line, or record anew with mode "record"',
            cause,
          },
        )
      }
    })
  return known
}
