import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { AssayMeta } from '../src/results/transport.ts'

type Meta = { readonly assay?: AssayMeta }

/** What is needed of a test module or test of vitest. */
interface Owner {
  meta(): object
}
interface Module extends Owner {
  readonly moduleId: string
  state(): string
  readonly children: { allTests(): Iterable<Owner & { result(): { readonly state: string } }> }
}

/**
 * Contract files that no test of a whole run used, relative to `root`: only in folders all of whose tests ran and
 * passed, since a test that stopped early may never have reached its contract. Nothing is deleted.
 */
export async function obsoleteContracts(modules: readonly Module[], root: string): Promise<readonly string[]> {
  const used = new Set<string>()
  const folders = new Map<string, boolean>()
  for (const module of modules) {
    const folder = path.dirname(module.moduleId)
    const tests = [...module.children.allTests()]
    for (const owner of [module, ...tests])
      for (const file of (owner.meta() as Meta).assay?.files ?? []) used.add(file.slice(file.indexOf(' ') + 1))
    const whole = module.state() === 'passed' && tests.every((test) => test.result().state === 'passed')
    folders.set(folder, whole && (folders.get(folder) ?? true))
  }
  const unused = await Promise.all(
    [...folders].map(async ([folder, whole]) => {
      const contracts = path.join(folder, '__contracts__')
      const names = whole ? await readdir(contracts).catch(() => []) : []
      return names.filter((name) => name.endsWith('.schema.json')).map((name) => path.join(contracts, name))
    }),
  )
  return unused
    .flat()
    .filter((file) => !used.has(file))
    .map((file) => path.relative(root, file))
    .sort()
}
