import { readdirSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type { NamedSubject } from './runDocument.ts'

/** What a test turned to, as its worker wrote it down at once: one that is killed hands nothing over. */
export interface JournalEntry {
  /** vitest's id of the test. */
  readonly test: string
  /** A subject as JSON. */
  readonly entry: string
}

/** The datasets and models that each test of a run turned to, by vitest's id of the test; nothing when none were noted. */
export function readJournal(folder: string): ReadonlyMap<string, readonly NamedSubject[]> {
  const byTest = new Map<string, NamedSubject[]>()
  for (const line of textsIn(folder).flatMap((text) => text.split('\n'))) {
    try {
      const { test, entry } = JSON.parse(line) as JournalEntry
      byTest.set(test, [...(byTest.get(test) ?? []), JSON.parse(entry) as NamedSubject])
    } catch {
      // The last line of a killed worker may be cut.
    }
  }
  return byTest
}

/** Forgets what the workers of a run noted. */
export function removeJournal(folder: string): void {
  rmSync(folder, { recursive: true, force: true })
}

function textsIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8'))
  } catch {
    return []
  }
}
