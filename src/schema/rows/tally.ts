import { SAMPLE_ROWS } from '../../checks/rows/sampleRows.ts'
import { numberText } from '../../words/text/numbers.ts'
import type { Finding } from '../findings.ts'

/** What is wrong with a row; `absent` when it has nothing to judge, undefined when nothing is. */
export type JudgedRow = readonly Finding[] | 'absent' | undefined

/** Reasons told at most, and reasons told apart. */
const REASONS = 5
const MOST_REASONS = 1000
const MOST_MARKED = 100

interface Counted {
  readonly words: string
  count: number
  readonly first: number
}

interface Reason {
  readonly finding: Finding
  /** Of the same keyword and column, whatever the value. */
  readonly keyword: Counted
  count: number
  readonly first: number
}

/** Counts of what was wrong with rows, with the first of them. */
export class FindingTally {
  rows = 0
  absent = 0
  broken = 0
  readonly sampled: number[] = []
  private readonly within: string
  private readonly ofRows: boolean
  private readonly marked = new Set<string>()
  private readonly reasons: Reason[] = []
  /** The same by path and message: texts are not joined for it, which would cost more than judging. */
  private readonly known = new Map<string, Map<string, Reason>>()
  /** Of findings that are the same object, which is most of them. */
  private readonly same = new Map<Finding, Reason>()
  private readonly keywords = new Map<string, Counted>()

  /** `within` is where the judged values stand in what findings are about: words tell the rest of the way. */
  constructor({ within = '', ofRows = false }: { readonly within?: string; readonly ofRows?: boolean }) {
    this.within = within
    this.ofRows = ofRows
  }

  add(judged: JudgedRow, rowNumber: number): void {
    this.rows++
    if (judged === undefined) return
    if (judged === 'absent') {
      this.absent++
      return
    }
    this.broken++
    if (this.sampled.length < SAMPLE_ROWS) this.sampled.push(rowNumber)
    for (const finding of judged) this.weigh(finding, rowNumber)
  }

  private weigh(finding: Finding, first: number): void {
    const { path, message } = finding
    const reason = this.same.get(finding) ?? this.known.get(path)?.get(message)
    if (reason) {
      reason.count++
      reason.keyword.count++
      if (this.same.size < MOST_REASONS) this.same.set(finding, reason)
      return
    }
    const keyword = this.keywordOf(finding, first)
    keyword.count++
    if (this.reasons.length >= MOST_REASONS) return
    const added = { finding, keyword, count: 1, first }
    this.reasons.push(added)
    const ofPath = this.known.get(path) ?? new Map<string, Reason>()
    this.known.set(path, ofPath.set(message, added))
  }

  private keywordOf({ keyword, path, property }: Finding, first: number): Counted {
    // Inside a nested value names are values as well.
    const column = this.ofRows ? (columnOf(path) ?? property) : undefined
    if (column !== undefined && this.marked.size < MOST_MARKED) this.marked.add(column)
    const words = column === undefined ? keyword : `${keyword} at ${column}`
    const known = this.keywords.get(words)
    if (known) return known
    const counted = { words, count: 0, first }
    if (this.keywords.size < MOST_REASONS) this.keywords.set(words, counted)
    return counted
  }

  private get exact(): readonly Counted[] {
    return this.reasons.map(({ finding: { keyword, path, message }, count, first }) => {
      const from = path.slice(this.within.length)
      return { words: `${keyword}${from === '' ? '' : ` at ${from}`}: ${message}`, count, first }
    })
  }

  /** The columns that findings are about. */
  get columns(): readonly string[] {
    return [...this.marked]
  }

  /** What is wrong, most often first; of keywords and columns alone where what libraries say may hold values. */
  inWords({ keywordsOnly = false } = {}): string {
    const all = keywordsOnly ? this.keywords.values() : this.exact
    const sorted = [...all].sort((a, b) => b.count - a.count || a.first - b.first)
    const lines = sorted.slice(0, REASONS).map(({ words, count, first }) => {
      return `${words} (${count === 1 ? `row ${first}` : `${numberText(count)} times, first in row ${first}`})`
    })
    const more = sorted.length - lines.length
    return more > 0 ? `${lines.join('; ')}; and ${more} more reasons` : lines.join('; ')
  }
}

/** The first step of a JSON pointer: the column that a finding is about. */
export function columnOf(path: string): string | undefined {
  if (path === '') return undefined
  const end = path.indexOf('/', 1)
  const step = end < 0 ? path.slice(1) : path.slice(1, end)
  return step.includes('~') ? step.replaceAll('~1', '/').replaceAll('~0', '~') : step
}
