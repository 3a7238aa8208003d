import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { TestModule, Vitest } from 'vitest/node'
import { countText } from '../../src/words/text/numbers.ts'
import type { Problem } from '../../src/results/index.ts'
import { SHOWN_NAMES } from './notRun.ts'

/** What of the project had no part in a run. */
export interface LeftOut {
  readonly problems: readonly Problem[]
  /** Test files that are known to be left out. */
  readonly count: number
}

/** The test files and projects that had no part in a run of these files. */
export async function leftOutFiles(vitest: Vitest, modules: readonly Pick<TestModule, 'moduleId'>[]): Promise<LeftOut> {
  const took = new Set(modules.map(({ moduleId }) => moduleId))
  const all = new Set((await vitest.globTestSpecifications()).map(({ moduleId }) => moduleId))
  const left = [...all].filter((file) => !took.has(file))
  const files = left.length > 0 ? [filesProblem(vitest, left, await reason(vitest))] : []
  return { problems: [...files, ...excludedFiles(vitest), ...otherProjects(vitest)], count: left.length }
}

function filesProblem({ config }: Vitest, files: readonly string[], why: string): Problem {
  const names = files.map((file) => path.relative(config.root, file)).sort()
  return {
    kind: 'left-out',
    text: `${countText(files.length, 'test file')} ${files.length === 1 ? 'was' : 'were'} ${why}`,
    blocking: false,
    ...(names.length === 1 ? { file: names[0] as string } : {}),
    names: names.slice(0, SHOWN_NAMES),
  }
}

/** What `--exclude` keeps from being found; vitest keeps no count of it, nor declares the option. */
function excludedFiles({ config }: Vitest): Problem[] {
  const { cliExclude = [] } = config as { readonly cliExclude?: readonly string[] }
  if (cliExclude.length === 0) return []
  const text = `test files that match --exclude ${cliExclude.join(' --exclude ')} were not asked for`
  return [{ kind: 'left-out', text, blocking: false }]
}

/** Projects that `--project` leaves out are not even set up: what they hold is not known. */
function otherProjects(vitest: Vitest): Problem[] {
  const { project: filter, projects } = vitest.config
  if (filter.length === 0 || !projects) return []
  const areAll = projects.every((entry) => {
    const name = typeof entry === 'object' && 'test' in entry ? entry.test?.name : undefined
    const label = typeof name === 'object' ? name.label : name
    return label !== undefined && vitest.matchesProjectFilter(label)
  })
  if (areAll) return []
  const text = `other projects were not asked for (--project ${filter.join(' --project ')})`
  return [{ kind: 'left-out', text, blocking: false }]
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
