import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'
import { countText } from '../../src/words/text/numbers.ts'
import type { Problem } from '../../src/results/index.ts'
import { SHOWN_NAMES } from './notRun.ts'

/** The test files of the project that had no part in a run of these files, as a problem; undefined when there are none. */
export async function leftOutFiles(
  vitest: Vitest,
  modules: readonly Pick<TestModule, 'moduleId'>[],
): Promise<{ readonly problem: Problem; readonly count: number } | undefined> {
  const took = new Set(modules.map(({ moduleId }) => moduleId))
  const all = new Set((await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId))
  const left = [...all].filter((file) => !took.has(file))
  if (left.length === 0) return undefined
  const names = left.map((file) => path.relative(vitest.config.root, file)).sort()
  const why = await reason(vitest)
  const problem: Problem = {
    kind: 'left-out',
    text: `${countText(left.length, 'test file')} ${left.length === 1 ? 'was' : 'were'} ${why}`,
    blocking: false,
    ...(names.length === 1 ? { file: names[0] as string } : {}),
    names: names.slice(0, SHOWN_NAMES),
  }
  return { problem, count: left.length }
}

async function reason({ config }: Vitest): Promise<string> {
  const { mergeReports, shard, related } = config
  if (mergeReports) {
    const missing = await missingShards(path.resolve(config.root, mergeReports))
    return missing ? `in no report that was merged: ${missing}` : 'in no report that was merged'
  }
  if (shard) return `left to other shards (--shard=${shard.index}/${shard.count})`
  return related ? 'not related to what changed' : 'not asked for'
}

/** The shards that a folder of blobs lacks, in words; undefined when it lacks none, or has no shards. */
async function missingShards(folder: string): Promise<string | undefined> {
  const shards = (await readdir(folder).catch(() => [])).flatMap((name) => {
    const match = /^blob-(\d+)-(\d+)\.json$/.exec(name)
    return match ? [{ index: Number(match[1]), count: Number(match[2]) }] : []
  })
  const count = Math.max(0, ...shards.map((shard) => shard.count))
  const missing = Array.from({ length: count }, (_, i) => i + 1).filter((i) => shards.every(({ index }) => index !== i))
  return missing.length > 0
    ? `${missing.length === 1 ? 'shard' : 'shards'} ${missing.join(', ')} of ${count} missing`
    : undefined
}
