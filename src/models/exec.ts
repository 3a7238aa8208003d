import { kindOf, textOf, wrongArgument } from '../errors.ts'
import { ownOptions } from '../options.ts'
import { hash } from '../results/resultId.ts'
import { budgeted } from './budgeted.ts'
import { declaredLabels, withDeclared } from './declaredLabels.ts'
import type { LineProcess } from './lineProcess.ts'
import { branded, type Model } from './model.ts'
import type { ExecOptions } from './execOptions.ts'

const known = ['name', 'timeout', 'labels', 'fingerprint', 'onProgress']

/**
 * A model that is a process of any language: it reads one input as JSON per line on stdin, and writes one prediction as
 * JSON per line on stdout, in order. It is started once and kept for all assertions; one that stays silent for five
 * seconds has its stdin closed, so programs that hold back their output or read all of it first answer, too, and are
 * started anew for the next assertion. A command line goes to the shell; a list of words is run as it is. Bigints are
 * written with all their digits, dates as ISO text; an input that JSON cannot hold is an error and is not sent. A line
 * that is no prediction is an error of its input. A process that dies is started again after the input it died at, which
 * is an error that carries the end of its stderr; one that ends well with a line too few has no answer to any of its
 * inputs, since the lines after the missing one are those of other inputs. Throws AssayError `wrong-prediction` when it answers nothing
 * at all, and when it writes more lines than it got, since then no line can be trusted.
 */
export function exec(command: string | readonly string[], options: ExecOptions = {}): Model {
  const words = typeof command === 'string' ? [command] : command
  if (!Array.isArray(words) || words.length === 0 || words.some((word) => typeof word !== 'string' || word === ''))
    throw wrong(
      `got ${Array.isArray(command) ? JSON.stringify(command) : kindOf(command)} as command`,
      'e.g. exec("python3 predict.py")',
    )
  if (words[0]?.trim() === '')
    throw wrong(`got ${JSON.stringify(command)} as command`, 'e.g. exec("python3 predict.py")')
  const own = ownOptions('exec()', options, known)
  const { timeout, name = words.join(' '), fingerprint } = own
  if (timeout !== undefined && !(Number.isInteger(timeout) && timeout > 0))
    throw wrong(`got timeout: ${textOf(timeout)}`, 'timeout is a whole number of milliseconds')
  for (const [option, value] of Object.entries({ name, fingerprint }))
    if (value !== undefined && (typeof value !== 'string' || value === ''))
      throw wrong(`got ${kindOf(value)} as ${option}`, `${option} is a text`)
  const labels = declaredLabels(own.labels, 'exec()')
  let kept: LineProcess | undefined
  let before: Promise<unknown> = Promise.resolve()
  const made = budgeted(
    branded({
      name,
      fingerprint,
      // A command line may hold a secret, which only one who names the model after it has shown already.
      source: `command ${hash(command, 8)}`,
      memory: () => kept?.memory(),
      predict: (inputs, options = {}) => {
        const turn = before.then(async () => {
          const { LineProcess, predictSendable } = await import('./sentLines.ts')
          kept ??= new LineProcess(command)
          return predictSendable(kept, inputs, own, options)
        })
        before = turn.catch(() => {})
        return turn
      },
    }),
  )
  return withDeclared(made, labels)
}

const wrong = wrongArgument('exec()')
