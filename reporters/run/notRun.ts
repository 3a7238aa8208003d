import { readFileSync } from 'node:fs'
import type { TestCase, TestModule, TestSpecification, Vitest } from 'vitest/node'
import { countText } from '../../src/words/text/numbers.ts'
import type { NamedSubject, Problem } from '../../src/results/index.ts'
import { moduleFile } from './moduleRoot.ts'

/** Names of tests and files that a problem lists; the rest is only counted. */
export const SHOWN_NAMES = 20

/** Why a test did not run, after "2 tests ". */
interface Cause {
  readonly kind: 'left-out' | 'skipped'
  readonly were: string
}

/** What is known of a run besides its tests. */
export interface NotRunContext {
  readonly vitest: Vitest
  readonly root: string
  readonly interrupted: boolean
  readonly specifications: readonly TestSpecification[]
  readonly turned: ReadonlyMap<string, readonly NamedSubject[]>
}

/** Gathers tests that did not run by what kept them from it. */
export class NotRun {
  private readonly causes = new Map<string, { cause: Cause; tests: TestCase[] }>()
  private readonly context: NotRunContext
  private readonly only = new Map<string, boolean>()

  constructor(context: NotRunContext) {
    this.context = context
  }

  /** Adds a test that has no result because the run or the suite leaves it out. */
  add(test: TestCase): void {
    const cause = this.causeOf(test)
    const entry = this.causes.get(cause.were) ?? { cause, tests: [] }
    entry.tests.push(test)
    this.causes.set(cause.were, entry)
  }

  /** One problem for each cause. */
  problems(): Problem[] {
    return [...this.causes.values()].map(({ cause, tests }) => {
      const files = new Set(tests.map(({ module }) => module.moduleId))
      const [first] = tests
      return {
        kind: cause.kind,
        text: `${countText(tests.length, 'test')} ${cause.were.replace('{were}', tests.length === 1 ? 'was' : 'were')}`,
        blocking: false,
        ...(tests.length === 1 && first ? { test: first.fullName } : {}),
        ...(files.size === 1 && first ? { file: moduleFile(first.module) } : {}),
        ...(tests.length === 1 && first?.location ? { line: first.location.line } : {}),
        tests: tests.length,
        names: tests.slice(0, SHOWN_NAMES).map(({ fullName }) => fullName),
      }
    })
  }

  private causeOf(test: TestCase): Cause {
    const result = test.result()
    const { mode } = test.options
    if (result.state === 'pending') return { kind: 'left-out', were: `did not run: ${stopText(this.context)}` }
    if (mode === 'todo') return { kind: 'skipped', were: '{were} skipped: todo' }
    if (mode !== 'skip') {
      const note = 'note' in result && result.note ? `: ${result.note}` : ''
      return { kind: 'skipped', were: `{were} skipped while running${note}` }
    }
    const pattern = this.context.vitest.config.testNamePattern
    if (pattern && !matches(pattern, test.fullName))
      return { kind: 'left-out', were: `{were} left out by -t ${String(pattern)}` }
    const chosen = this.context.specifications.find(({ moduleId }) => moduleId === test.module.moduleId)
    if (chosen?.testLines?.length) return { kind: 'left-out', were: '{were} left out by the line that was asked for' }
    if (this.context.vitest.config.tagsFilter?.length)
      return { kind: 'left-out', were: '{were} left out by their tags' }
    if (this.hasOnly(test.module)) return { kind: 'left-out', were: '{were} left out by .only' }
    return { kind: 'skipped', were: '{were} skipped' }
  }

  /** vitest forgets which tests were marked `.only`, so the text of the file is asked. */
  private hasOnly({ moduleId }: TestModule): boolean {
    const known = this.only.get(moduleId)
    if (known !== undefined) return known
    let text = ''
    try {
      text = readFileSync(moduleId, 'utf8')
    } catch {
      // A file that is gone says nothing.
    }
    const found = /\.only\b|\bonly\s*:\s*true/.test(text)
    this.only.set(moduleId, found)
    return found
  }
}

/** vitest 5 matches names with ` > ` between the parts, vitest 4 with spaces. */
function matches(pattern: RegExp, fullName: string): boolean {
  return [fullName, fullName.replaceAll(' > ', ' ')].some((name) =>
    new RegExp(pattern.source, pattern.flags).test(name),
  )
}

/** What ended a run before its tests. */
export function stopText({ vitest }: NotRunContext): string {
  const { bail } = vitest.config
  return bail && vitest.state.getCountOfFailedTests() >= bail
    ? `--bail ${bail} stopped the run`
    : 'the run was interrupted'
}
