import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { TestModule, TestSpecification, Vitest } from 'vitest/node'
import { firstLine } from '../../src/errors.ts'
import type { Problem } from '../../src/results/index.ts'
import { countText } from '../../src/words/text/numbers.ts'
import { moduleRoot } from './moduleRoot.ts'
import { SHOWN_NAMES } from './notRun.ts'

/** How long the runs that are merged took together, in ms; undefined where none are. */
export function mergedDurationMs({ state }: Vitest): number | undefined {
  const times = state.blobs?.executionTimes
  return times && Math.round(times.reduce((sum, time) => sum + time, 0))
}

/**
 * What is wrong with the blobs that are merged: one that is cut off, test files that several of them hold, of which
 * vitest keeps what began last, and test files that ran in another folder, which vitest 4 does not take.
 */
export function blobProblems(
  { state, config, version }: Vitest,
  modules: readonly TestModule[],
  specifications: readonly TestSpecification[],
): Problem[] {
  if (!config.mergeReports) return []
  const repeated = (state.blobs?.files ?? []).filter((file) => state.idMap.get(file.id) !== file)
  const failed = repeated.filter(
    ({ mode, result }) => mode !== 'skip' && !['pass', 'skip'].includes(result?.state ?? ''),
  )
  const problems: Problem[] = []
  if (failed.length > 0)
    problems.push(
      about(failed, {
        kind: 'run',
        text: (files) =>
          `${files} failed in one of the merged blobs and ran again in another: merge the blobs of one run, in a folder of their own`,
        blocking: true,
      }),
    )
  else if (repeated.length > 0)
    problems.push(
      about(repeated, {
        kind: 'left-out',
        text: (files) => `an earlier run of ${files} was left out, which several of the merged blobs hold`,
        blocking: false,
      }),
    )
  const [first] = modules
  if (!first) problems.push(...damagedBlobs(config))
  if (first && specifications.length > 0 && specifications.every(({ testModule }) => testModule === undefined))
    problems.push({
      kind: 'run',
      text: `vitest ${version} takes no test file that ran in another folder than ${config.root}: these ran in ${moduleRoot(first)}. Check the project out in one place everywhere, or use vitest 5`,
      blocking: true,
    })
  return problems
}

function about(
  files: readonly { readonly name: string }[],
  { text, ...rest }: Pick<Problem, 'kind' | 'blocking'> & { text: (files: string) => string },
): Problem {
  const names = [...new Set(files.map(({ name }) => name))].sort()
  return {
    ...rest,
    text: text(countText(names.length, 'test file')),
    ...(names.length === 1 ? { file: names[0] as string } : {}),
    names: names.slice(0, SHOWN_NAMES),
  }
}

/** Whether blobs cannot be merged since one of them is no blob. */
export const hasDamagedBlob = (config: Vitest['config']): boolean => damagedBlobs(config).length > 0

/** vitest says what is wrong with the text of a blob, and not of which. */
function damagedBlobs(config: Vitest['config']): Problem[] {
  return blobNames(config).flatMap((name) => {
    const file = path.resolve(config.mergeReports, name)
    try {
      JSON.parse(readFileSync(file, 'utf8'))
      return []
    } catch (error) {
      const text = `the blob ${path.relative(config.root, file)} cannot be read: ${firstLine(error)}. Run its shard again`
      return [{ kind: 'run', text, blocking: true }]
    }
  })
}

function blobNames({ mergeReports }: Vitest['config']): string[] {
  try {
    return mergeReports ? readdirSync(mergeReports) : []
  } catch {
    return []
  }
}

/** The shards that the merged blobs lack, in words; undefined where they lack none, or are of no shards. */
export function missingShards(config: Vitest['config']): string | undefined {
  const counts = new Map<string, Set<number>>()
  for (const name of config.mergeReports ? blobNames(config) : []) {
    const [, label = '', index, count] = /^blob-(?:(.+)-)?(\d+)-(\d+)\.json$/.exec(name) ?? []
    if (index === undefined) continue
    const key = JSON.stringify([label, Number(count)])
    counts.set(key, (counts.get(key) ?? new Set()).add(Number(index)))
  }
  const missing = [...counts].flatMap(([key, indexes]) => {
    const [label, count] = JSON.parse(key) as [string, number]
    const lacking = Array.from({ length: count }, (_, i) => i + 1).filter((index) => !indexes.has(index))
    if (lacking.length === 0) return []
    return [`${lacking.length === 1 ? 'shard' : 'shards'} ${lacking.join(', ')} of ${count}${label && ` of ${label}`}`]
  })
  return missing.length > 0 ? `${missing.join(' and ')} missing` : undefined
}
