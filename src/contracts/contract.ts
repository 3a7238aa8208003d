import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { CheckGroup } from '../checks/check.ts'
import { checkedDataset, described } from '../checks/receiver.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { fileRead } from '../bytes/files.ts'
import { isNothing } from '../bytes/regularFile.ts'
import { AssayError, firstLine } from '../errors.ts'
import { isPlainObject } from '../options.ts'
import { configuredKey, keyed } from '../results/keyed.ts'
import { writeWhole } from '../results/writeWhole.ts'
import type { Contract } from './contractModel.ts'
import { type Json, jsonCopy } from '../schema/json.ts'
import { type MatchesSchemaOptions, schemaGroup } from './matchesSchema.ts'
import { readSchemaFile } from '../schema/schemaFile.ts'

export {
  type CompatibilityVerdict,
  compareContracts,
  type ContractComparison,
} from '../compatibility/compareContracts.ts'
export type { Contract } from './contractModel.ts'
export { contractDiff } from './contractDiff.ts'
export { inferContract } from './inferContract.ts'
export { updatedContract } from './updatedContract.ts'

const LONGEST = 100
// Names that Windows keeps for devices, whatever the extension.
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i

/**
 * Where the contract of a dataset stands: `__contracts__/<name>.schema.json` beside the test file. A name that is no
 * safe file name everywhere is made one, with a hash so that no two names share a file. Names that differ in case only
 * are refused when their contracts are read or written: some file systems do not tell them apart. Of a slice the words
 * stand in it as they are shown, so no value of a personal column does; the hash of such a value is made with `ASSAY_KEY`.
 * Throws AssayError `wrong-use` when that is not set: a hash that anybody can make tells a value that is guessed.
 */
export function contractPath(testFile: string, datasetName: string, slice?: { raw: string; shown: string }): string {
  checkText(testFile, 'contractPath', 'the path of the test file')
  checkText(datasetName, 'contractPath', NAME)
  const name = slice ? sliceName(datasetName, slice) : safeName(datasetName)
  return path.join(path.dirname(testFile), '__contracts__', `${name}.schema.json`)
}

function sliceName(datasetName: string, { raw, shown }: { raw: string; shown: string }): string {
  const full = `${datasetName} ${raw}`
  if (raw === shown) return safeName(full)
  if (!configuredKey())
    throw new AssayError(
      'wrong-use',
      `the slice ${JSON.stringify(shown)} has a contract of its own, whose name would hold a hash of a personal value`,
      {
        hint: 'set ASSAY_KEY, in CI too, so that nobody can try guesses; or state a schema: toMatchSchema(schema)',
      },
    )
  return safeName(full, `${datasetName} ${shown}`, keyed(full))
}

const NAME = 'the name of the dataset'

function checkText(value: unknown, asker: string, what: string): void {
  if (typeof value === 'string' && (value !== '' || what === NAME)) return
  throw new AssayError('wrong-argument', `${asker} got ${described(value)} as ${what}`, { hint: 'give text' })
}

function safeName(name: string, shown = name, digest = createHash('sha256').update(name).digest('hex')): string {
  if (/^[\w-][\w.-]*$/.test(name) && name.length <= LONGEST && !devices.test(name.split('.', 1)[0] as string)) {
    return name
  }
  const words = shown.replace(/[^\w.-]+/g, '-').replace(/^[.-]+|[.-]+$/g, '')
  return `${words.slice(0, LONGEST - 20) || 'dataset'}~${digest.slice(0, 10)}`
}

/** The contract in a file; undefined when there is none. Throws AssayError when it cannot be read or is no JSON. */
export async function readContract(file: string): Promise<Contract | undefined> {
  checkText(file, 'readContract', 'the path of the contract')
  checkCase(file)
  return isNothing(file) ? undefined : ((await readSchemaFile(file)) as Contract)
}

/** Writes a contract, whole or not at all: pretty JSON whose bytes depend on nothing but the contract. */
export async function writeContract(file: string, contract: Contract): Promise<void> {
  checkText(file, 'writeContract', 'the path of the contract')
  if (!isPlainObject(contract) || Object.keys(contract).length === 0)
    throw new AssayError('wrong-argument', `writeContract got ${described(contract)} as contract`, {
      hint: 'give what inferContract(dataset) returned',
    })
  checkCase(file)
  const text = `${JSON.stringify(jsonCopy(contract) as Json, null, 2)}\n`
  fileRead(file)
  try {
    await writeWhole(file, text)
  } catch (cause) {
    throw new AssayError('unreadable-file', `${JSON.stringify(file)} cannot be written: ${firstLine(cause)}`, { cause })
  }
}

function checkCase(file: string): void {
  const own = path.basename(file)
  let names: readonly string[] = []
  try {
    names = readdirSync(path.dirname(file))
  } catch {
    // What is wrong with the folder is told when the file is read or written.
  }
  const other = names.find((name) => name !== own && name.toLowerCase() === own.toLowerCase())
  if (other === undefined || names.includes(own)) return
  throw new AssayError(
    'wrong-argument',
    `the contract ${JSON.stringify(file)} would share its file with ${JSON.stringify(other)} where file systems do not tell capitals apart`,
    { hint: 'give one of the two datasets a name: of its own, or rename the file if it is the same dataset' },
  )
}

/** The check that holds a dataset to the contract of a file; paths in it count from the folder of that. */
export function contractCheck(
  dataset: Dataset,
  contract: Contract,
  file: string,
  options?: Pick<MatchesSchemaOptions, 'allowExtra'>,
): CheckGroup {
  checkedDataset(dataset, 'contractCheck', "await readContract(file), 'orders.schema.json'")
  checkText(file, 'contractCheck', 'the path of the contract')
  const name = path.basename(file)
  return { ...schemaGroup(dataset, contract, options, file), title: `rows that hold to the contract ${name}` }
}
