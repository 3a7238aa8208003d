import type { AssayError } from '../../errors.ts'
import type { Finding } from '../findings.ts'
import { pointer } from '../json.ts'
import type { PageRow, Readings, Row } from './readings.ts'
import type { SchemaRowRule, SharedJudge, JointRules } from './rowRule.ts'
import { columnOf, type JudgedRow, type FindingTally } from './tally.ts'

/** What was found for each rule, or what went wrong with it. */
export type Tallies = Map<SchemaRowRule, FindingTally | AssayError>

/** Judges rows for one rule, or for several that share a judge. */
export interface PageJudge {
  readonly title: string
  /** What is wrong with a row; has no effect, so that it may be stopped and begin anew. */
  work(row: PageRow): Verdict | Promise<Verdict>
  /** Counts it; returns how much was found. */
  tell(verdict: Verdict, rowNumber: number): number
  /** Where a row could not be judged: the error is the rule's, and several rules are judged apart from here on. */
  stumbled(error: AssayError): Promise<readonly PageJudge[]>
}

type Verdict = JudgedRow | Shared
interface Shared {
  readonly row: Row
  readonly findings: readonly Finding[] | undefined
}

/** The judges of rules. */
export function judgesOf(rules: readonly SchemaRowRule[], readings: Readings, tallies: Tallies): readonly PageJudge[] {
  const shared = new Map<SharedJudge, TogetherRule[]>()
  const alone: PageJudge[] = []
  for (const rule of rules) {
    if (isTogether(rule)) shared.set(rule.judging.by, [...(shared.get(rule.judging.by) ?? []), rule])
    else alone.push(judgeOfOne(rule, workOf(rule, readings), tallies))
  }
  return [...Array.from(shared, ([by, group]) => judgeOfMany(by, group, readings, tallies)), ...alone]
}

type TogetherRule = SchemaRowRule & { readonly judging: JointRules }
const isTogether = (rule: SchemaRowRule): rule is TogetherRule => rule.judging.values === 'together'

function workOf({ columns, judging }: SchemaRowRule, readings: Readings): PageJudge['work'] {
  if (judging.values === 'js') return readings.js(columns, judging.judge)
  const { nullIsMissing, judge } = judging as Exclude<typeof judging, JointRules>
  const read = readings.json(columns, nullIsMissing)
  return (row) => judge(read(row))
}

function judgeOfOne(rule: SchemaRowRule, work: PageJudge['work'], tallies: Tallies): PageJudge {
  const tally = tallies.get(rule) as FindingTally
  return {
    title: rule.title,
    work,
    tell(verdict, rowNumber) {
      const judged = verdict as JudgedRow
      tally.add(judged, rowNumber)
      return Array.isArray(judged) ? judged.length : 0
    },
    async stumbled(error) {
      tallies.set(rule, error)
      return []
    },
  }
}

/** A rule of several, and what was found for it in a row. */
interface Own {
  readonly judging: JointRules
  readonly tally: FindingTally
  readonly broken: Finding[]
}

/** Findings of which it is kept whose they are. */
const MOST_KNOWN = 2000

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
  const own = rules.map(
    (rule): Own => ({ judging: rule.judging, tally: tallies.get(rule) as FindingTally, broken: [] }),
  )
  const byColumn = new Map(own.map((one) => [one.judging.column, one]))
  const known = new Map<Finding, Own | undefined>()
  /** Whose the finding is; what is wrong with the row as a whole is nobody's. */
  const ownerOf = (finding: Finding): Own | undefined => {
    if (known.has(finding)) return known.get(finding)
    const column = columnOf(finding.path)
    const rule = column === undefined ? undefined : byColumn.get(column)
    const owner = rule?.judging.owns(finding) ? rule : undefined
    if (known.size < MOST_KNOWN) known.set(finding, owner)
    return owner
  }
  return {
    title,
    work(row) {
      const values = read(row)
      return { row: values, findings: validate(values) }
    },
    tell(verdict, rowNumber) {
      const { row, findings } = verdict as Shared
      for (const finding of findings ?? []) ownerOf(finding)?.broken.push(finding)
      for (const { judging, tally, broken } of own) {
        if (!Object.hasOwn(row, judging.column)) tally.add('absent', rowNumber)
        else tally.add(broken.length > 0 ? broken : undefined, rowNumber)
        broken.length = 0
      }
      return findings?.length ?? 0
    },
    stumbled: () =>
      Promise.all(
        rules.map(async (rule) => {
          const { column, alone } = rule.judging
          const judge = await alone()
          const at = pointer('', column)
          const readOne = readings.json(rule.columns, nullIsMissing)
          const work = (row: PageRow): JudgedRow => {
            const values = readOne(row)
            if (!Object.hasOwn(values, column)) return 'absent'
            return judge(values[column])?.map((finding) => ({ ...finding, path: `${at}${finding.path}` }))
          }
          return judgeOfOne(rule, work, tallies)
        }),
      ),
  }
}
