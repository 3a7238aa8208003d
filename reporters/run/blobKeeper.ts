import type { Reporter, TestCase, TestModule } from 'vitest/node'
import { ownVersion } from '../../src/results/environment.ts'
import { readJournal } from '../../src/results/journal.ts'
import { runStamp } from '../../src/results/runStamp.ts'
import type { AssayMeta } from '../../src/results/transport.ts'

/**
 * Puts what a blob would lose into what vitest writes there: what its own errors say, and what the tests of killed
 * workers turned to, as the journal in a folder has it. It must come before the reporter that writes the blob.
 */
export function blobKeeper(journal: string): Reporter {
  return {
    onTestRunEnd(modules, errors) {
      for (const error of errors) makeWritable(error)
      const turned = readJournal(journal)
      if (turned.size === 0) return
      for (const owner of modules.flatMap(stoppedIn)) {
        const subjects = (turned.get(owner.id) ?? []).map((subject) => JSON.stringify(subject))
        const meta = owner.meta() as { assay?: AssayMeta }
        if (subjects.length > 0)
          meta.assay = {
            run: [runStamp(ownVersion())],
            ...meta.assay,
            opened: [...new Set([...(meta.assay?.opened ?? []), ...subjects])],
          }
      }
    },
  }
}

/** The tests of a file that did not end, and the file. */
function stoppedIn(module: TestModule): (TestModule | TestCase)[] {
  const pending = [...module.children.allTests()].filter((test) => test.result().state === 'pending')
  return pending.length > 0 ? [module, ...pending] : []
}

const members = ['name', 'message', 'stack', 'cause'] as const

/** The members of an error that JSON leaves out. */
function makeWritable(error: unknown): void {
  const seen = new Set<unknown>()
  for (let inner = error; inner instanceof Error && !seen.has(inner); inner = inner.cause) {
    seen.add(inner)
    if (!Object.isExtensible(inner)) return
    for (const name of members) {
      const value = inner[name]
      if (value !== undefined)
        Object.defineProperty(inner, name, { value, enumerable: true, configurable: true, writable: true })
    }
  }
}
