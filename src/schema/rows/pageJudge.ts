import type { AssayError } from '../../errors.ts'
import type { Finding } from '../drafts.ts'
import { pointer } from '../json.ts'
import type { PageRow, Readings, Row } from './readings.ts'
import type { RowRule, SharedJudge, Together } from './rowRule.ts'
import { columnOf, type Judged, type Tally } from './tally.ts'

/** What was found for each rule, or what went wrong with it. */
export type Tallies = Map<RowRule, Tally | AssayError>

/** Judges rows for one rule, or for several that share a judge. */
export interface PageJudge {
  readonly title: string
  /** What is wrong with a row; has no effect, so that it may be stopped and begin anew. */
  work(row: PageRow): Verdict | Promise<Verdict>
  /** Counts it. */
  tell(verdict: Verdict, rowNumber: number): void
  /** Where a row could not be judged: the error is the rule's, and several rules are judged apart from here on. */
  stumbled(error: AssayError): Promise<readonly PageJudge[]>
}

type Verdict = Judged | Shared
interface Shared {
  readonly row: Row
  readonly findings: readonly Finding[] | undefined
}

/** The judges of rules. */
export function judgesOf(rules: readonly RowRule[], readings: Readings, tallies: Tallies): readonly PageJudge[] {
  const shared = new Map<SharedJudge, TogetherRule[]>()
  const alone: PageJudge[] = []
  for (const rule of rules) {
    if (isTogether(rule)) shared.set(rule.judging.by, [...(shared.get(rule.judging.by) ?? []), rule])
    else alone.push(judgeOfOne(rule, workOf(rule, readings), tallies))
  }
  return [...Array.from(shared, ([by, group]) => judgeOfMany(by, group, readings, tallies)), ...alone]
}

type TogetherRule = RowRule & { readonly judging: Together }
const isTogether = (rule: RowRule): rule is TogetherRule => rule.judging.values === 'together'

function workOf({ columns, judging }: RowRule, readings: Readings): PageJudge['work'] {
  if (judging.values === 'js') return readings.js(columns, judging.judge)
  const { nullIsMissing, judge } = judging as Exclude<typeof judging, Together>
  const read = readings.json(columns, nullIsMissing)
  return (row) => judge(read(row))
}

function judgeOfOne(rule: RowRule, work: PageJudge['work'], tallies: Tallies): PageJudge {
  const tally = tallies.get(rule) as Tally
  return {
    title: rule.title,
    work,
    tell: (verdict, rowNumber) => tally.add(verdict as Judged, rowNumber),
    async stumbled(error) {
      tallies.set(rule, error)
      return []
    },
  }
}

function judgeOfMany(
  { title, validate, nullIsMissing }: SharedJudge,
  rules: readonly TogetherRule[],
  readings: Readings,
  tallies: Tallies,
): PageJudge {
  const read = readings.json(
    rules.flatMap(({ columns }) => columns),
    nullIsMissing,
  )
  const own = rules.map(({ judging }, i) => ({ judging, tally: tallies.get(rules[i] as RowRule) as Tally }))
  return {
    title,
    work(row) {
      const values = read(row)
      return { row: values, findings: validate(values) }
    },
    tell(verdict, rowNumber) {
      const { row, findings } = verdict as Shared
      const byColumn = findings && grouped(findings)
      for (const { judging, tally } of own) tally.add(ofColumn(judging, row, byColumn), rowNumber)
    },
    stumbled: () =>
      Promise.all(
        rules.map(async (rule) => {
          const { column, alone } = rule.judging
          const judge = await alone()
          const at = pointer('', column)
          const readOne = readings.json(rule.columns, nullIsMissing)
          const work = (row: PageRow): Judged => {
            const values = readOne(row)
            if (!Object.hasOwn(values, column)) return 'absent'
            return judge(values[column])?.map((finding) => ({ ...finding, path: `${at}${finding.path}` }))
          }
          return judgeOfOne(rule, work, tallies)
        }),
      ),
  }
}

function ofColumn({ column, owns }: Together, row: Row, byColumn: ReadonlyMap<string, Finding[]> | undefined): Judged {
  if (!Object.hasOwn(row, column)) return 'absent'
  const findings = byColumn?.get(column)
  if (!findings) return undefined
  if (findings.every(owns)) return findings
  const left = findings.filter(owns)
  return left.length > 0 ? left : undefined
}

/** What was found in the values of columns, by column; what is wrong with the row as a whole is nobody's. */
function grouped(findings: readonly Finding[]): ReadonlyMap<string, Finding[]> {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings) {
    const column = columnOf(finding.path)
    if (column === undefined) continue
    const group = groups.get(column)
    if (group) group.push(finding)
    else groups.set(column, [finding])
  }
  return groups
}
