import path from 'node:path'
import type { TestModule, TestSpecification, Vitest } from 'vitest/node'
import { countText } from '../../src/words/text/numbers.ts'
import type { Problem } from '../../src/results/index.ts'
import { missingShards } from './mergedBlobs.ts'
import { SHOWN_NAMES } from './notRun.ts'

/** What of the project had no part in a run. */
export interface LeftOut {
  readonly problems: readonly Problem[]
  /** Test files that are known to be left out. */
  readonly count: number
}

/**
 * The test files and projects that had no part in a run of these: a file of two projects runs twice, and so do all of
 * them where runs of several labels are merged.
 */
export async function leftOutFiles(
  vitest: Vitest,
  modules: readonly TestModule[],
  specifications: readonly TestSpecification[],
): Promise<LeftOut> {
  const { config } = vitest
  const took = new Set(modules.map((module) => keyOf(module, labelOf(module))))
  // Those of a shard are all that there are; those of blobs may have been elsewhere.
  if (!config.shard && !config.mergeReports) for (const file of specifications) took.add(keyOf(file, labelOf(file)))
  const all = await vitest.globTestSpecifications()
  const labels = config.mergeReports && modules.length > 0 ? new Set(modules.map(labelOf)) : undefined
  const left = all.flatMap((file) =>
    [...(labels ?? [labelOf(file)])].flatMap((label) => (took.has(keyOf(file, label)) ? [] : [{ file, label }])),
  )
  const problems = [...filesProblem(vitest, left, modules), ...excludedFiles(vitest), ...otherProjects(vitest)]
  return { problems, count: left.length }
}

/** What vitest 5 calls the machine or version that a blob is of; of the merge itself it is not known. */
const labelOf = (file: TestModule | TestSpecification): string =>
  ('relativeModuleId' in file
    ? (file.meta() as { __vitest_label__?: string }).__vitest_label__
    : (file.project.config as { mergeReportsLabel?: string }).mergeReportsLabel) ?? ''

function keyOf(file: TestModule | TestSpecification, label: string): string {
  const name =
    'relativeModuleId' in file ? file.relativeModuleId : path.relative(file.project.config.root, file.moduleId)
  const isTypecheck =
    'relativeModuleId' in file ? (file.meta() as { typecheck?: boolean }).typecheck : file.pool === 'typescript'
  return JSON.stringify([file.project.name, label, isTypecheck === true, name.replaceAll('\\', '/')])
}

interface Left {
  readonly file: TestSpecification
  readonly label: string
}

function filesProblem({ config }: Vitest, left: readonly Left[], modules: readonly TestModule[]): Problem[] {
  const missing = missingShards(config)
  const rest = { kind: 'left-out', blocking: false } as const
  const [first] = left
  if (!first) return missing ? [{ ...rest, text: `of the blobs that were merged, ${missing}` }] : []
  const took = new Set(modules.map((module) => module.relativeModuleId))
  const names = left.map(({ file, label }) => {
    const name = path.relative(config.root, file.moduleId)
    const part = [file.project.name, label].filter(Boolean).join(' ')
    return part && took.has(path.relative(file.project.config.root, file.moduleId)) ? `|${part}| ${name}` : name
  })
  return [
    {
      ...rest,
      text: `${countText(left.length, 'test file')} ${left.length === 1 ? 'was' : 'were'} ${reason(config, missing)}`,
      ...(left.length === 1 ? { file: path.relative(config.root, first.file.moduleId) } : {}),
      names: names.sort().slice(0, SHOWN_NAMES),
    },
  ]
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

function reason(config: Vitest['config'], missing: string | undefined): string {
  const { mergeReports, shard, related } = config
  if (mergeReports) return `in no report that was merged${missing ? `: ${missing}` : ''}`
  if (shard) return `left to other shards (--shard=${shard.index}/${shard.count})`
  return related ? 'not related to what changed' : 'not asked for'
}
