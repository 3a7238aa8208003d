import { readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../../bytes/folders.ts'
import { visible } from '../../words/text/visible.ts'
import { type Contract, contractPath, inferContract, writeContract } from '../../contracts/contract.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import type { DatasetOptions } from '../../dataset/datasetOptions.ts'
import { AssayError } from '../../errors.ts'
import { command, exit } from '../command.ts'
import { calledByPaths, openData, optionsFor } from '../data.ts'
import { type DataOptions, declareData } from '../dataOptions.ts'
import { refuseToOverwrite } from '../files.ts'
import { shellWord } from '../shellWord.ts'
import { withQueryProgress } from '../progress.ts'
import { sharedKey } from '../../contracts/inferContract.ts'
import { markersIn } from '../../contracts/missingNotes.ts'
import { noteTexts, noteUnread } from '../unread.ts'
import { configName } from '../configName.ts'

interface Options extends DataOptions {
  readonly into: string
  readonly force?: boolean
}

interface Planned {
  readonly dataset: Dataset
  /** What is said of it. */
  readonly options: DatasetOptions
  readonly contract: string
  readonly test: string
}

const configNames = /^vite(st)?\.config\.[cm]?[jt]s$/
const CONFIG = lines(
  `import assay from 'assay/vitest'`,
  `import { defineConfig } from 'vitest/config'`,
  '',
  `export default defineConfig({ plugins: [assay()] })`,
)

/** `assay init <data…>` */
export default command<[sources: readonly string[]], Options>({
  examples: [
    ['assay init orders.csv', 'writes __contracts__/orders.schema.json and orders.test.ts'],
    ['assay init data/*.parquet --into test', 'several files, into the folder of the tests'],
  ],
  declare(parser) {
    declareData(
      parser
        .argument('<data...>', 'files')
        .option('--into <folder>', 'where the tests live', '.')
        .option('--force', 'write over files that are there'),
    )
  },
  async run([sources], options, context) {
    if (sources.includes('-'))
      throw new AssayError('wrong-argument', 'a test reads files, and stdin ("-") is none', { hint: 'name the file' })
    const datasets = calledByPaths(await openData(sources, options, context))
    const planned = datasets.map((dataset, i) =>
      plannedFor(dataset, optionsFor(sources[i] as string, sources, options), options.into),
    )
    const twice = planned.find(({ test }, i) => planned.findIndex((other) => other.test === test) !== i)
    if (twice) throw new AssayError('wrong-argument', `two of the sources would be ${JSON.stringify(twice.test)}`)
    const config = await configFile()
    await refuseToOverwrite(
      planned.flatMap(({ contract, test }) => [contract, test]),
      options.force ?? false,
    )
    const inferred: Contract[] = []
    await withQueryProgress(datasets, context, async () => {
      for (const { dataset } of planned) {
        const shared = await sharedKey(dataset)
        if (shared !== undefined)
          throw new AssayError('wrong-argument', `key: ${shared}, so it does not tell rows apart`, {
            hint: 'mend the rows, name more columns, or leave the key out',
          })
        inferred.push(await inferContract(dataset))
      }
    })
    // All of them are known before the first is written.
    for (const [i, { dataset, options: own, contract, test }] of planned.entries()) {
      context.signal.throwIfAborted()
      await writeContract(contract, inferred[i] as Contract)
      makeFolder(path.dirname(test))
      await writeFile(test, testText(dataset, own), { flag: options.force ? 'w' : 'wx' })
    }
    if (config.state === 'none') await writeFile(config.file, CONFIG, { flag: 'wx' })
    const written = [
      ...planned.flatMap(({ contract, test }) => [contract, test]),
      ...(config.state === 'none' ? [config.file] : []),
    ]
    context.answer({ written })
    for (const file of written) context.print(`${context.paint('green', 'wrote')} ${visible(file)}`)
    context.print(
      `\nNext:\n${nextSteps(config, planned, options.into)
        .map((step, i) => `  ${i + 1}. ${step}`)
        .join('\n')}`,
    )
    for (const [i, contract] of inferred.entries())
      await noteTexts(datasets[i] as Dataset, markersIn(contract), context)
    if (!(await noteUnread(datasets, context))) return exit.holds
    context.note("the tests fail until the file is mended, or its dataset says malformed: 'warn'")
    return exit.fails
  },
})

function plannedFor(dataset: Dataset, options: DatasetOptions, into: string): Planned {
  const contract = contractPath(path.join(into, 'x'), dataset.name)
  const test = path.join(into, path.basename(contract).replace(/\.schema\.json$/, '.test.ts'))
  return { dataset, options, contract, test }
}

/** A test file of a dataset. Its path counts from the folder that vitest runs in. */
function testText(dataset: Dataset, { name, ...rest }: DatasetOptions): string {
  const byDefault = dataset.name === path.parse(dataset.source).name
  const own = { ...(byDefault && name === undefined ? {} : { name: dataset.name }), ...rest }
  const entries = Object.entries(own).map(([option, value]) => `${option}: ${literal(value)}`)
  const options = entries.length > 0 ? `, { ${entries.join(', ')} }` : ''
  return lines(
    `import { dataset } from 'assay'`,
    `import { expect, test } from 'vitest'`,
    '',
    `const data = dataset(${literal(dataset.source)}${options})`,
    '',
    `test(${literal(`${visible(dataset.name)} keeps its contract`)}, async () => {`,
    '  await expect(data).toMatchSchema()',
    '})',
  )
}

function lines(...all: readonly string[]): string {
  return `${all.join('\n')}\n`
}

/** A value of an option as TypeScript: text in single quotes where that needs no escape. */
function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, one]) => `${/^[a-z_]\w*$/i.test(name) ? name : literal(name)}: ${literal(one)}`)
      .join(', ')} }`
  if (typeof value !== 'string') return String(value)
  return /^[^'"\\\p{Cc}\u2028\u2029]*$/u.test(value) ? `'${value}'` : JSON.stringify(value)
}

interface ConfigFile {
  readonly file: string
  /** `other`: it is there, and does not name the plugin. */
  readonly state: 'none' | 'assay' | 'other'
}

async function configFile(): Promise<ConfigFile> {
  const names = (await readdir('.')).filter((name) => configNames.test(name))
  const file = names.find((name) => name.startsWith('vitest')) ?? names[0]
  if (file === undefined) return { file: configName(), state: 'none' }
  return { file, state: (await readFile(file, 'utf8')).includes('assay/vitest') ? 'assay' : 'other' }
}

function nextSteps(config: ConfigFile, planned: readonly Planned[], into: string): readonly string[] {
  const contract = visible(planned[0]?.contract ?? '')
  return [
    ...(config.state === 'other'
      ? [`in ${visible(config.file)}: import assay from 'assay/vitest', and add assay() to plugins`]
      : []),
    'npx vitest run          runs the tests',
    `read ${contract}: tighten what you know better than one file of data, and commit it`,
    path.resolve(into) === process.cwd()
      ? 'npx assay check <data>  holds other data to it, without a test'
      : `npx assay check <data> --contract ${visible(shellWord(planned[0]?.contract ?? ''))}  holds other data to it, without a test`,
  ]
}
