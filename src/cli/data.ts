import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command as Parser } from 'commander'
import { type Dataset, dataset } from '../dataset/dataset.ts'
import { derived } from '../dataset/handle.ts'
import type { DatasetOptions } from '../formats/source.ts'
import { checkStdin } from '../bytes/regularFile.ts'
import { temporaryError } from '../engine/temporary.ts'
import { AssayError } from '../errors.ts'
import { heedContract } from '../schema/contractTags.ts'
import type { Context } from './context.ts'
import { list } from './list.ts'
import { withProgress } from './progress.ts'
import { relationOf } from '../dataset/opened.ts'

const STDIN = 'stdin'

/** Options of every command that reads data. */
export interface DataOptions {
  readonly name?: string
  readonly key?: readonly string[]
  readonly pii?: readonly string[]
  readonly missing?: readonly string[]
  readonly timezone?: string
  readonly format?: string
}

/** Declares the options of data. */
export function declareData(parser: Parser): Parser {
  return parser
    .option(
      '--format <ending>',
      'what stdin or a file of another ending holds: csv, tsv, parquet, … (default of stdin: by its first bytes)',
    )
    .option('--name <name>', 'how the data is called in messages and reports')
    .option('--key <columns>', 'columns that tell rows apart, shown beside failing cells', list)
    .option('--pii <columns>', 'columns whose values are never shown', list)
    .option('--missing <values>', 'values that stand for a missing one, e.g. "",NA', list)
    .option(
      '--timezone <zone>',
      'the zone of timestamps written without one, e.g. Europe/Berlin or +05:30 (default: UTC)',
    )
}

/** Opens each source, `-` being stdin. Throws the AssayError of the first that cannot be opened. */
export async function openData(
  sources: readonly string[],
  options: DataOptions,
  context: Context,
): Promise<readonly Dataset[]> {
  if (sources.filter((source) => source === '-').length > 1)
    throw new AssayError('wrong-argument', 'stdin ("-") was named twice, and can be read once')
  if (options.name !== undefined && sources.length > 1)
    throw new AssayError(
      'wrong-argument',
      `--name ${JSON.stringify(options.name)} was given for ${sources.length} sources`,
      {
        hint: 'name one source at a time',
      },
    )
  const datasets: Dataset[] = []
  for (const source of sources) datasets.push(source === '-' ? await stdin(options, context) : opened(source, options))
  for (const one of datasets) {
    await heedContract(one, path.resolve('x'))
    // How far reading is nobody tells before the engine begins: that it goes on is shown.
    await withProgress(
      one.name,
      context,
      () => undefined,
      () => relationOf(one),
    )
  }
  return datasets
}

/** The datasets, those of one name in several folders called by their paths: each is to have a file of its own. */
export function calledByPaths(datasets: readonly Dataset[], options: DataOptions): readonly Dataset[] {
  return datasets.map((one) => {
    const shared = datasets.some((other) => other !== one && other.name === one.name)
    return shared ? opened(one.source, { ...options, name: one.source }) : one
  })
}

/** A file; what its format is said to be counts where its ending does not say it. */
function opened(source: string, options: DataOptions): Dataset {
  try {
    return dataset(source, given(options))
  } catch (error) {
    const { format } = options
    if (format === undefined || !(error instanceof AssayError && error.code === 'unsupported-source')) throw error
    return dataset(source, { ...given(options), format })
  }
}

function given({ name, key, pii, missing, timezone }: DataOptions): DatasetOptions {
  return {
    ...(name === undefined ? {} : { name }),
    ...(key ? { key } : {}),
    ...(pii ? { pii } : {}),
    ...(missing ? { missing } : {}),
    ...(timezone === undefined ? {} : { timezone }),
  }
}

/** Stdin as a dataset: kept in a temporary file while the command runs, since a contract reads data more than once. */
async function stdin(options: DataOptions, context: Context): Promise<Dataset> {
  if (process.stdin.isTTY)
    throw new AssayError('missing-file', 'stdin ("-") is a terminal, not data', {
      hint: 'pipe data in: cat data.csv | assay check -',
    })
  checkStdin()
  const { format, name = STDIN } = options
  if (format !== undefined && !/^[a-z0-9]+(\.[a-z0-9]+)*$/i.test(format))
    throw new AssayError('wrong-argument', `--format ${JSON.stringify(format)} is no ending of a file`, {
      hint: 'e.g. csv',
    })
  const folder = await context.temporaryFolder()
  const raw = path.join(folder, 'raw')
  let head = Buffer.alloc(0)
  const look = new Transform({
    transform(chunk: Buffer, _, done) {
      if (head.length < 16) head = Buffer.concat([head, chunk]).subarray(0, 16)
      done(null, chunk)
    },
  })
  await pipeline(process.stdin, look, createWriteStream(raw), { signal: context.signal }).catch((cause: unknown) => {
    throw temporaryError(cause, 'what stdin brings')
  })
  const file = path.join(folder, `stdin.${format ?? endingOf(head)}`)
  const { rename } = await import('node:fs/promises')
  await rename(raw, file)
  return called(STDIN, file, dataset(file, given({ ...options, name })))
}

/** What the first bytes say. */
function endingOf(head: Buffer): string {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet'
  if (head.subarray(0, 6).toString('latin1') === 'ARROW1') return 'arrow'
  if (head[0] === 0x1f && head[1] === 0x8b) return 'csv.gz'
  const text = head
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trimStart()
  if (text.startsWith('{')) return 'jsonl'
  return text.startsWith('[') ? 'json' : 'csv'
}

/** The dataset under the name its user knows, in messages too. */
function called(label: string, file: string, opened: Dataset): Dataset {
  const { name, read } = opened.identity
  return derived(opened, {
    root: undefined,
    source: label,
    identity: { name, source: label, read: [label, ...read.slice(1)] },
    relation: () =>
      relationOf(opened).catch((error: unknown) => {
        if (!(error instanceof AssayError)) throw error
        const [message = '', ...hint] = error.message.split('\n  hint: ')
        throw new AssayError(error.code, message.replaceAll(JSON.stringify(file), label), {
          hint: hint[0],
          cause: error,
        })
      }),
  })
}
