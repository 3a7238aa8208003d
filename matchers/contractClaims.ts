import { createHash } from 'node:crypto'
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Dataset } from '../src/dataset/dataset.ts'
import { fingerprintOf } from '../src/dataset/opened.ts'
import { AssayError } from '../src/errors.ts'
import { type Attempt, attemptOf, isSameAttempt, isTriedAgain } from './attempt.ts'
import { currentScope } from './current.ts'

/** Who holds which data to a contract file in this run. */
export interface Claim extends Attempt {
  readonly source: string
  readonly fingerprint: string | undefined
  readonly testFile: string
  readonly test: string
  /** What the file held before this attempt wrote it, null where it was not there; absent where it did not write. */
  readonly before?: string | null
}

/**
 * Claims a contract file for a dataset and returns the claim of the attempt that is tried again with this one. Two
 * datasets of one name with different content, in one test file or in two that run at the same time, are an AssayError
 * that names both: whichever came first would decide what the other is held to.
 */
export async function claimContract(
  file: string,
  dataset: Dataset,
  { testFile, test }: { testFile: string; test: string },
): Promise<Claim | undefined> {
  const mine: Claim = {
    source: dataset.source,
    fingerprint: await fingerprintOf(dataset),
    testFile,
    test,
    ...attemptOf(),
  }
  const earlier = await put(file, mine, 'new')
  if (!earlier) return undefined
  if (earlier.test === test && !isSameAttempt(earlier, mine)) {
    await put(file, mine, 'replace')
    return isTriedAgain(earlier, mine) ? earlier : undefined
  }
  const comparable = mine.fingerprint !== undefined || earlier.source === mine.source
  if (comparable && earlier.fingerprint === mine.fingerprint) return undefined
  const where = (claim: Claim) => `${claim.source} (in ${path.basename(claim.testFile)})`
  throw new AssayError(
    'wrong-use',
    `two datasets are called ${JSON.stringify(dataset.name)} and would share the contract ${path.basename(file)}, but their content differs: ${where(earlier)} and ${where(mine)}`,
    { hint: `give one of them another name: dataset(…, { name: ${JSON.stringify(`${dataset.name}-2`)} })` },
  )
}

/** Remembers what the claimed file held before this attempt wrote it first. */
export async function claimWritten(file: string, before: string | null): Promise<void> {
  const claim = await stored(file)
  if (claim && claim.before === undefined) await put(file, { ...claim, before }, 'replace')
}

// Without the plugin there is no folder that the workers of a run share: claims are those of this test file's run.
const inMemory = new WeakMap<object, Map<string, Claim>>()

function memory(): Map<string, Claim> {
  const owner = currentScope.getStore()?.task.file ?? inMemory
  const claims = inMemory.get(owner) ?? new Map<string, Claim>()
  inMemory.set(owner, claims)
  return claims
}

function place(file: string): string | undefined {
  const folder = process.env.ASSAY_CLAIMS
  return folder && path.join(folder, createHash('sha256').update(file).digest('hex').slice(0, 32))
}

async function stored(file: string): Promise<Claim | undefined> {
  const at = place(file)
  if (!at) return memory().get(file)
  const text = await readFile(at, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : (JSON.parse(text) as Claim)
}

let temporaries = 0

/** Stores a claim whole; `new` returns the one that is there already instead. */
async function put(file: string, claim: Claim, how: 'new' | 'replace'): Promise<Claim | undefined> {
  const at = place(file)
  if (!at) {
    const there = how === 'new' ? memory().get(file) : undefined
    if (!there) memory().set(file, claim)
    return there
  }
  const temporary = `${at}.${process.pid}.${++temporaries}`
  await mkdir(path.dirname(at), { recursive: true })
  await writeFile(temporary, JSON.stringify(claim))
  try {
    await (how === 'new' ? link(temporary, at) : rename(temporary, at))
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return await stored(file)
    throw error
  } finally {
    await rm(temporary, { force: true })
  }
}
