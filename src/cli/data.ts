import { type Dataset, dataset, optionsTakenBy } from '../dataset/dataset.ts'
import { type DatasetOptions, datasetOptionNames } from '../dataset/datasetOptions.ts'
import { AssayError } from '../errors.ts'
import { heedContract } from '../contracts/contractTags.ts'
import type { Context } from './context.ts'
import { type DataOptions, givenOptions } from './dataOptions.ts'
import { fileHere } from './files.ts'
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
  if ([...sources, ...others].filter((source) => source === '-').length > 1)
    throw new AssayError('wrong-argument', 'stdin ("-") was named twice, and can be read once', {
      hint: 'name files beside it',
    })
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
    datasets.push(source === '-' ? stdin(own) : dataset(source, own))
  }
  for (const dataset of datasets) {
    await heedContract(dataset, fileHere())
    // How far reading is nobody tells before the engine begins: that it goes on is shown.
    await withProgress(
      dataset.name,
      context,
      () => undefined,
      () => relationOf(dataset),
    )
  }
  return datasets
}

/** The datasets, those of one name in several folders called by their paths: each is to have a file of its own. */
export function calledByPaths(datasets: readonly Dataset[]): readonly Dataset[] {
  return datasets.map((dataset) => {
    const shared = datasets.some((other) => other !== dataset && other.name === dataset.name)
    return shared ? dataset.with({ name: dataset.source }) : dataset
  })
}

/**
 * The options of one source among several: one that others take and it does not is theirs. What the format is said to
 * be counts where the ending does not say it.
 */
export function optionsFor(source: string, all: readonly string[], options: DataOptions): DatasetOptions {
  const chosen = givenOptions(options)
  const { format, ...rest } = chosen
  const taken = (other: string): readonly string[] | undefined => {
    if (other === '-') return format === undefined ? datasetOptionNames : optionsTakenBy(`stdin.${format}`, rest)
    return optionsTakenBy(other, rest) ?? optionsTakenBy(other, chosen)
  }
  const own = taken(source) ?? datasetOptionNames
  const others = new Set(all.filter((other) => other !== source).flatMap((other) => taken(other) ?? []))
  const isKnown = (one: string): boolean => one !== '-' && optionsTakenBy(one, rest) !== undefined
  // Where every ending says a format, the one that is given is meant for them.
  const known = isKnown(source) && !all.every(isKnown)
  return Object.fromEntries(
    Object.entries(known ? rest : chosen).filter(([name]) => own.includes(name) || !others.has(name)),
  )
}

/** Stdin as a dataset, under the name that its user knows. */
function stdin({ name = STDIN, ...options }: DatasetOptions): Dataset {
  if (process.stdin.isTTY)
    throw new AssayError('missing-file', 'stdin ("-") is a terminal, not data', {
      hint: 'pipe data in: cat data.csv | assay check -',
    })
  return dataset('-', { ...options, name })
}
