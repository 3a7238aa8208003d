import { createWriteStream } from 'node:fs'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Dataset, dataset, optionsTakenBy } from '../dataset/dataset.ts'
import { derived } from '../dataset/handle.ts'
import { type DatasetOptions, datasetOptionNames } from '../dataset/datasetOptions.ts'
import { checkStdin } from '../bytes/regularFile.ts'
import { temporaryError } from '../engine/temporary.ts'
import { AssayError } from '../errors.ts'
import { heedContract } from '../contracts/contractTags.ts'
import type { Context } from './context.ts'
import { type DataOptions, givenOptions } from './dataOptions.ts'
import { withProgress } from './progress.ts'
import { relationOf } from '../dataset/opened.ts'

const STDIN = 'stdin'

/**
 * Opens each source, `-` being stdin. An option that only some of them, or of the `others` of the command, take is given
 * to those. Throws the AssayError of the first that cannot be opened.
 */
export async function openData(
  sources: readonly string[],
  options: DataOptions,
  context: Context,
  others: readonly string[] = [],
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
  for (const source of sources) {
    const own = optionsFor(source, [...sources, ...others], options)
    datasets.push(source === '-' ? await stdin(own, context) : dataset(source, own))
  }
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
export function calledByPaths(datasets: readonly Dataset[]): readonly Dataset[] {
  return datasets.map((one) => {
    const shared = datasets.some((other) => other !== one && other.name === one.name)
    return shared ? one.with({ name: one.source }) : one
  })
}

/**
 * The options of one source among several: one that others take and it does not is theirs. What the format is said to
 * be counts where the ending does not say it.
 */
export function optionsFor(source: string, all: readonly string[], options: DataOptions): DatasetOptions {
  const given = givenOptions(options)
  const { format, ...rest } = given
  const taken = (one: string): readonly string[] | undefined => {
    if (one === '-') return format === undefined ? datasetOptionNames : optionsTakenBy(`stdin.${format}`, rest)
    return optionsTakenBy(one, rest) ?? optionsTakenBy(one, given)
  }
  const own = taken(source) ?? datasetOptionNames
  const others = new Set(all.filter((one) => one !== source).flatMap((one) => taken(one) ?? []))
  const known = source !== '-' && optionsTakenBy(source, rest) !== undefined
  return Object.fromEntries(
    Object.entries(known ? rest : given).filter(([name]) => own.includes(name) || !others.has(name)),
  )
}

/** Stdin as a dataset: kept in a temporary file while the command runs, since a contract reads data more than once. */
async function stdin(options: DatasetOptions, context: Context): Promise<Dataset> {
  if (process.stdin.isTTY)
    throw new AssayError('missing-file', 'stdin ("-") is a terminal, not data', {
      hint: 'pipe data in: cat data.csv | assay check -',
    })
  checkStdin()
  const { format, name = STDIN, ...rest } = options
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
  return called(STDIN, file, dataset(file, { ...rest, name }))
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
