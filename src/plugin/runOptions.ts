import type { Vitest } from 'vitest/node'
import { AssayError } from '../errors.ts'
import type { AssayOptions } from './options.ts'

/** What holds for a whole run, whichever of its projects says it. */
export type RunOptions = Pick<AssayOptions, 'report' | 'title' | 'budget'>

/** A plugin of ours in a configuration of vite; `api` is where plugins tell each other of themselves. */
interface OwnPlugin {
  readonly name: string
  readonly api?: { readonly options?: AssayOptions }
}

/**
 * The options of a run: what the configuration at the root or any project gives. Throws AssayError `wrong-argument` where
 * two give something else, since a run has one report and one budget.
 */
export function runOptions({ vite, projects }: Vitest, name: string): RunOptions {
  const ownOf = (place: string, plugins: readonly OwnPlugin[]) =>
    plugins.filter((plugin) => plugin.name === name).map(({ api }): Own => ({ place, options: api?.options ?? {} }))
  const root = ownOf('the configuration at the root', vite.config.plugins)
  const all = [
    ...root,
    ...projects.flatMap((project) => ownOf(`the project "${project.name}"`, project.vite.config.plugins)),
  ]
  const report = only(all, 'report')
  const writes = all.find(({ options }) => options.report === undefined)
  if (report?.report === false && writes && root.every(({ options }) => options.report === undefined))
    throw differing('report', `report: false in one project, and ${writes.place} writes one`)
  return { ...report, ...only(all, 'title'), ...only(all, 'budget') }
}

interface Own {
  readonly place: string
  readonly options: AssayOptions
}

function only<Key extends keyof RunOptions>(all: readonly Own[], key: Key): Pick<RunOptions, Key> | undefined {
  const [first, ...others] = all.filter(({ options }) => options[key] !== undefined)
  if (!first) return undefined
  const text = JSON.stringify(first.options[key])
  const other = others.find(({ options }) => JSON.stringify(options[key]) !== text)
  if (!other) return { [key]: first.options[key] } as Pick<RunOptions, Key>
  const otherText = JSON.stringify(other.options[key])
  throw differing(key, `${key}: ${text} in ${first.place} and ${key}: ${otherText} in ${other.place}`)
}

function differing(key: keyof RunOptions, what: string): AssayError {
  const shared = key === 'budget' ? 'budget' : 'report'
  return new AssayError('wrong-argument', `assay() got ${what}`, {
    hint: `all projects of a run share one ${shared}: give ${key} once, at the root, or the same everywhere`,
  })
}
