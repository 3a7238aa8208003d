import type { SourceFinding, SourceFindings } from '../engine/engine.ts'

/** How many findings are kept with their place. */
export const KEPT = 100
const LONGEST_TEXT = 80

/** Counts what could not be read, and keeps the first of it. */
export class FindingsList {
  total = 0
  rowsLost = 0
  private warned = 0
  private readonly first: SourceFinding[] = []

  add(finding: SourceFinding, lost = false): void {
    this.count(lost)
    if (finding.severity === 'warn') this.warned++
    if (this.full) return
    const { text } = finding
    this.first.push(text === undefined ? finding : { ...finding, text: shortened(text) })
  }

  /** Whether only the number of further findings counts. */
  get full(): boolean {
    return this.first.length >= KEPT
  }

  /** Counts a finding that is not kept. */
  count(lost: boolean): void {
    this.total++
    if (lost) this.rowsLost++
  }

  get summary(): SourceFindings {
    const warns = this.total > 0 && this.warned === this.total
    return {
      total: this.total,
      rowsLost: this.rowsLost,
      first: this.first,
      ...(warns ? { severity: 'warn' } : {}),
    }
  }
}

/** Findings of which none lost a record. */
export function listOf(findings: readonly SourceFinding[]): SourceFindings {
  const list = new FindingsList()
  for (const finding of findings) list.add(finding)
  return list.summary
}

/** The findings of several files as one. */
export function allFindings(lists: readonly SourceFindings[]): SourceFindings {
  const sum = (count: (list: SourceFindings) => number): number => lists.reduce((all, list) => all + count(list), 0)
  const some = lists.filter(({ total }) => total > 0)
  const warns = some.length > 0 && some.every(({ severity }) => severity === 'warn')
  return {
    ...(warns ? { severity: 'warn' } : {}),
    total: sum(({ total }) => total),
    rowsLost: sum(({ rowsLost }) => rowsLost),
    first: lists.flatMap(({ first }) => first).slice(0, KEPT),
  }
}

const shortened = (text: string): string => (text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text)
