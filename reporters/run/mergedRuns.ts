import type { TestModule } from 'vitest/node'
import { ownVersion } from '../../src/results/environment.ts'
import type { Problem } from '../../src/results/index.ts'
import { readRunStamp } from '../../src/results/runStamp.ts'
import type { AssayMeta } from '../../src/results/transport.ts'
import { countText, numberText } from '../../src/words/text/numbers.ts'
import { instant } from '../../src/words/text/times.ts'
import { moduleFile } from './moduleRoot.ts'
import { SHOWN_NAMES } from './notRun.ts'

const DAY = 86_400_000

/** What the blobs of a merge say of the runs that wrote them: the instant of the last, and what keeps them apart. */
export function mergedRuns(modules: readonly TestModule[]): {
  readonly at: string | undefined
  readonly problems: readonly Problem[]
} {
  const own = ownVersion()
  const instants = new Set<string>()
  const versions = new Map<string, Set<string>>()
  for (const module of modules) {
    for (const owner of [module, ...module.children.allTests()]) {
      const meta = (owner.meta() as { readonly assay?: AssayMeta }).assay
      if (meta === undefined || Object.keys(meta).length === 0) continue
      const { version = 'of another version', at } = readRunStamp(meta)
      if (at !== undefined) instants.add(at)
      if (version !== own) versions.set(version, (versions.get(version) ?? new Set()).add(moduleFile(module)))
    }
  }
  const sorted = [...instants].sort()
  const [first, last] = [sorted[0], sorted.at(-1)]
  const problems = [...versions].map(
    ([version, files]): Problem => ({
      kind: 'run',
      text: `${countText(files.size, 'test file')} ran with assay ${version}, and assay ${own} merges ${files.size === 1 ? 'it' : 'them'}: run and merge with one version`,
      blocking: true,
      names: [...files].sort().slice(0, SHOWN_NAMES),
    }),
  )
  if (first !== undefined && last !== undefined && Date.parse(last) - Date.parse(first) > DAY) {
    const days = numberText(Math.round((Date.parse(last) - Date.parse(first)) / DAY))
    problems.push({
      kind: 'left-out',
      text: `the merged blobs are of runs ${days === '1' ? 'a day' : `${days} days`} apart, from ${instant(first)} to ${instant(last)}: merge the blobs of one run, in a folder of their own`,
      blocking: false,
    })
  }
  return { at: last, problems }
}
