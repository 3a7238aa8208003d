import type { Check, CheckInfo, Judgement, RunCheck } from '../checks/check.ts'
import { nearest } from '../errors.ts'
import { exactText } from '../words/text/numbers.ts'
import type { Compared, JudgedFinding } from './compared.ts'
import { type JudgedColumn, judgeDriftedShare } from './driftedShare.ts'
import { findingsOf, judgeFinding, statedBy } from './findingVerdict.ts'
import { infoOf } from './infoOf.ts'
import { limitTogether, together } from './multivariate.ts'
import { OTHERS } from './byColumn.ts'
import type { DriftOptions } from './options.ts'
import type { Pairing, Sides } from './pairs.ts'
import type { Plan } from './planPairs.ts'
import type { JoinedPair } from './skew.ts'
import { judgeDrift } from './verdict.ts'
import { quoted } from '../words/text/quoted.ts'

/** Makes a member of a drift check from its column and how it is judged. */
export type Member = (
  column: string | undefined,
  run: () => Judgement | Promise<Judgement>,
  more?: Pick<CheckInfo, 'limit' | 'remark'> & { readonly expected?: string },
) => RunCheck

/** How a pair is compared, or why it cannot be. */
type Planned = Plan | JoinedPair

function statement({ method, limit }: Extract<Planned, { kind: 'plan' | 'joined' }>): Parameters<Member>[2] {
  return { expected: `${method.unit} at most ${exactText(limit)}`, limit: { max: limit } }
}

/** A result for each column that was compared, and for each finding. */
export function judgedMembers(
  plans: readonly Planned[],
  compared: readonly Compared[],
  options: DriftOptions,
  member: Member,
): readonly Check[] {
  const judged = plans.flatMap((plan, i) => {
    const found = compared[i] as Compared
    return found.kind === 'apart'
      ? []
      : [{ plan, found, columns: [plan.pair.current.name, plan.pair.reference.name] as const }]
  })
  const alone = judged.every(({ found }) => found.kind === 'undecided')
  return [
    ...judged.map(({ plan, found: compared, columns }) =>
      member(
        columns[0],
        () => judgeDrift(compared, options, { alone, columns }),
        plan.kind === 'plan' || plan.kind === 'joined' ? statement(plan) : {},
      ),
    ),
    ...judged.flatMap(({ found, columns }) =>
      findingsOf(found, options, columns[0]).map((finding) => findingMember(finding, options, columns, member)),
    ),
  ]
}

/** A result for what was found beside the effect: another question than the effect, which may be waived by itself. */
function findingMember(
  finding: JudgedFinding,
  options: DriftOptions,
  columns: readonly [string, string],
  member: Member,
): Check {
  const { unit, limit } = finding
  const check = member(columns[0], () => judgeFinding(finding, options, columns), {
    expected: statedBy(finding),
    limit: { max: limit },
  })
  const { question } = check
  return { ...check, question: { ...question, statement: { ...question.statement, finding: unit } } }
}

/** The verdict on the dataset by how many of its columns drifted. */
export function wholeMember(
  judged: readonly JudgedColumn[],
  limit: number,
  sides: Sides,
  options: DriftOptions,
): Check {
  const info = infoOf(sides, undefined, options)
  return {
    ...info,
    question: { ...info.question, statement: { ...info.question.statement, finding: 'share of drifted columns' } },
    expected: `share of drifted columns at most ${exactText(limit)}`,
    limit: { max: limit },
    type: 'run',
    inputs: [sides.current, sides.reference],
    run: async () => judgeDriftedShare(judged, limit, options),
  }
}

/** The verdict on all columns together. */
export function togetherMember(compared: Compared, sides: Sides, options: DriftOptions): Check {
  const info = infoOf(sides, undefined, options)
  const limit = limitTogether(options)
  return {
    ...info,
    question: { ...info.question, statement: { ...info.question.statement, finding: together.name } },
    expected: `${together.unit} at most ${exactText(limit)}`,
    limit: { max: limit },
    type: 'run',
    inputs: [sides.current, sides.reference],
    run: async () =>
      judgeDrift(compared as Exclude<Compared, { kind: 'apart' }>, options, {
        alone: false,
        columns: [OTHERS, OTHERS],
      }),
  }
}

/** Something that whoever reads the verdicts should know, and that fails nothing. */
export function remark(columns: string, measured: string, message: string, member: Member): Check {
  return member(columns, () => ({ status: 'warn', blocking: false, measured, message }), { remark: true })
}

/** One remark for all columns of which no distribution is expected. */
export function listedOnce(plans: readonly Planned[], compared: readonly Compared[], member: Member): readonly Check[] {
  const apart = plans.flatMap(({ pair }, i) => {
    const found = compared[i] as Compared
    return found.kind === 'apart' ? [{ name: pair.current.name, why: found.why }] : []
  })
  if (apart.length === 0) return []
  const reasons = apart.map(({ name, why }) => `${JSON.stringify(name)} (${why})`).join(', ')
  const judgement: Judgement = {
    status: 'skipped',
    blocking: false,
    measured: 'not compared',
    message: `no distribution is expected of ${reasons}`,
  }
  return [member(apart.map(({ name }) => name).join(', '), () => judgement, { remark: true })]
}

/** Columns of one side: that one is lost fails, what is new is listed, but for what a frozen reference has left out. */
export function oneSided(
  { lost, extra: only }: Pairing,
  leftOut: ReadonlySet<string>,
  member: Member,
): readonly Check[] {
  const extra = only.filter((name) => !leftOut.has(name))
  // That a column is there is another question than whether it moved: who waives the one has not waived the other.
  const missing = lost.map((name) => {
    const other = extra.find((one) => one.toLowerCase() === name.toLowerCase()) ?? nearest(name, extra)
    const hint = other === undefined ? '' : `\n  hint: it has ${JSON.stringify(other)}: is that the one?`
    const check = member(name, () => ({
      status: 'fail',
      measured: 'the column is missing',
      message: `the reference has the column ${JSON.stringify(name)}, the current data has not${hint}`,
    }))
    const { question } = check
    return { ...check, question: { ...question, limits: { ...question.limits, present: true } } }
  })
  if (extra.length === 0) return missing
  const names = quoted(extra)
  const message = `only the current data has ${names}; name ${extra.length === 1 ? 'it' : 'them'} in \`except\` if that is fine`
  const more = remark(extra.join(', '), 'not compared: the reference has no such column', message, member)
  return [...missing, more]
}
