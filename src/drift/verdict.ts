import { decimal, exactText, numberText } from '../words/text/numbers.ts'
import type { Judgement } from '../checks/check.ts'
import { undecided } from '../checks/undecided.ts'
import { AssayError } from '../errors.ts'
import type { NumberBlock } from '../results/blocks/number.ts'
import { causesOf } from './causes.ts'
import { boundOf } from '../stats/boundOf.ts'
import type { Compared, JudgedFinding } from './compared.ts'
import { isSmall, openFindings } from './findingVerdict.ts'
import { settingOf } from './byColumn.ts'
import { levelsOf, type AlphaSpending } from './levels.ts'

type ComparedPair = Extract<Compared, { kind: 'compared' }>
type UndecidedOptions = Parameters<typeof undecided>[1]
type PairNames = readonly [current: string, reference: string]

/**
 * Drift when p of "the effect is at most the limit", adjusted for the columns compared beside it, is evidence against
 * it; none when "the effect is over the limit" is refuted; else too little evidence. The interval holds the same two
 * one-sided bounds: fail when it lies above the limit, pass when it lies at or under it. Throws an AssayError for columns
 * that cannot be compared where `alone`: no column was.
 */
export function judgeDrift(
  compared: Exclude<Compared, { kind: 'apart' }>,
  all: AlphaSpending,
  { alone, columns }: { readonly alone: boolean; readonly columns: PairNames },
): Judgement {
  const onInconclusive = settingOf(all.onInconclusive, columns[0])
  const options = { ...(all.severity ? { severity: all.severity } : {}), ...(onInconclusive ? { onInconclusive } : {}) }
  if (compared.kind === 'error') throw compared.error
  return compared.kind === 'undecided' ? uncompared(compared, alone, options) : judged(compared, all, columns, options)
}

/** The judgement of columns that no method compares. */
function uncompared(
  { why, sql }: Extract<Compared, { kind: 'undecided' }>,
  alone: boolean,
  options: UndecidedOptions,
): Judgement {
  const { reason, discreet = reason, hint } = why
  if (alone) {
    const whole = (words: string): string => `no column can be compared: ${words}`
    throw new AssayError('wrong-type', whole(reason), { hint, discreet: whole(discreet) })
  }
  const hinted = (words: string): string => `${words}\n  hint: ${hint}`
  return undecided(
    {
      measured: 'not compared',
      message: hinted(reason),
      ...(discreet === reason ? {} : { discreet: [{ columns: 'any' as const, message: hinted(discreet) }] }),
      sql,
    },
    options,
  )
}

function judged(compared: ComparedPair, all: AlphaSpending, columns: PairNames, options: UndecidedOptions): Judgement {
  const { comparison, method, limit, adjustedP, beside, current, reference, sql } = compared
  const { charts } = comparison
  const spends = all.spending === undefined ? '' : `; ${all.spending.words}`
  const [moved, discreetlyMoved] = [`${comparison.moved}${spends}`, `${comparison.discreetlyMoved}${spends}`]
  const levels = levelsOf(all, columns[0])
  const small = adjustedP > levels.fail && isSmall(compared, all, columns[0])
  const open = small ? openFindings(compared, all, columns[0]) : []
  const status = adjustedP <= levels.fail ? 'fail' : small && open.length === 0 ? 'pass' : 'inconclusive'
  const bounds = boundsOf(compared, levels)
  const { lower, upper, effect } = bounds
  const needed = rowsNeeded(compared, levels.pass)
  const shown: Omit<NumberBlock, 'noteOf'> = {
    ...numberOf(compared, bounds, levels),
    ...(comparison.unbounded
      ? {}
      : { leastDetectable: comparison.leastDetectable({ limit, level: levels.fail / beside }) }),
    ...(status !== 'inconclusive' || small || needed.current === undefined ? {} : { rowsToDecide: needed.current }),
    note: moved,
    of: [],
  }
  const number: NumberBlock = { ...shown, noteOf: columns }
  // p of 0.0002 is no p of 0.
  const ends = comparison.unbounded ? [0, 1] : []
  const short = (value: number) => decimal(value, { significant: 2, beside: [effect, lower, upper, limit, ...ends] })
  const measured = `${method.unit} = ${short(effect)}${comparison.unbounded ? '' : ` [${short(lower)}, ${short(upper)}]`}`
  const backed = { value: effect, evidence: [number, ...charts.map((chart) => ({ ...chart, of: columns }))], sql }
  const discreet = (message?: string): Pick<Judgement, 'discreet'> => ({
    discreet: [
      {
        columns,
        ...(message === undefined ? {} : { message }),
        evidence: [{ ...shown, note: discreetlyMoved }],
      },
    ],
  })
  if (status === 'fail') {
    const evidence = [...backed.evidence, ...causesIn(compared, columns)]
    return { status, measured, message: moved, ...backed, evidence, ...discreet(discreetlyMoved) }
  }
  if (status === 'pass') return { status, measured, ...backed, ...discreet() }
  const rows = `${numberText(current.rows)} against ${numberText(reference.rows)} rows`
  const why = small ? `the effect is small, but ${open.map(openly).join(', ')}` : decides(needed, current.rows)
  const little = `too little evidence in ${rows}: ${why}`
  const both = { ...backed, ...discreet(`${little}; ${discreetlyMoved}`) }
  return undecided({ measured, message: `${little}; ${moved}`, ...both }, options)
}

/** The effect as evidence, whatever the verdict on it. */
function numberOf(
  { comparison: { p, pError, unbounded }, method, limit, adjustedP, current, reference }: ComparedPair,
  { lower, upper, effect }: ReturnType<typeof boundsOf>,
  { confidence }: ReturnType<typeof levelsOf>,
): Omit<NumberBlock, 'noteOf'> {
  return {
    kind: 'number',
    name: method.unit,
    meaning: method.effect,
    method: method.name,
    value: effect,
    ...(unbounded ? {} : { interval: [lower, upper], confidence }),
    limit: { max: limit },
    p,
    ...(pError === undefined ? {} : { pError }),
    ...(unbounded ? {} : { adjustedP }),
    current: { rows: current.rows, missing: current.missing },
    reference: { rows: reference.rows, missing: reference.missing },
  }
}

/** What moved most, as the first chart shows it. */
function causesIn({ comparison, current, reference }: ComparedPair, columns: PairNames) {
  const [chart] = comparison.charts
  if (!chart) return []
  const name = comparison.about === undefined ? columns[0] : `${comparison.about} of ${columns[0]}`
  return [{ ...causesOf(chart, name, comparison.charted ?? [current, reference]), of: columns }]
}

/** How many rows would decide; clustered ones weigh less. */
function rowsNeeded({ comparison, limit, weights, current, reference }: ComparedPair, level: number): Needed {
  const [weight, other] = weights ?? [current, reference]
  return rowsFor(comparison.spreadToDecide({ limit, level }), other.rows, current.rows / weight.rows)
}

/** What is neither surely over its limit nor surely under it. */
const openly = ({ unit, effect, limit }: JudgedFinding): string =>
  `${unit} = ${decimal(effect, { significant: 2, beside: [limit] })} may be over ${exactText(limit)}`

/** The bounds of the effect, each at the level that its verdict is given at; the effect lies between them. */
function boundsOf(
  { comparison, method, limit, beside }: ComparedPair,
  levels: ReturnType<typeof levelsOf>,
): { readonly lower: number; readonly upper: number; readonly effect: number } {
  const { effect, over, under, unbounded } = comparison
  if (unbounded) return { lower: effect, upper: effect, effect }
  const nothing = over(0) > levels.fail / beside
  const lower = nothing ? 0 : boundOf(over, levels.fail / beside, { inside: effect, outside: 0, point: limit })
  const { largest = method.most } = comparison
  let most = Number.isFinite(largest) ? largest : 2 * Math.max(effect, limit)
  while (!Number.isFinite(largest) && under(most) > levels.pass && most < 1e300) most *= 2
  const upper = boundOf(under, levels.pass, { inside: effect, outside: most, point: limit })
  return {
    lower: outward(lower, -1, limit),
    upper: outward(upper, 1, limit),
    effect: Math.min(upper, Math.max(lower, effect)),
  }
}

/** A bound rounded away from the effect to the digits it is good for, but not past the limit. */
function outward(bound: number, away: 1 | -1, limit: number): number {
  if (bound === 0 || bound === 1 || !Number.isFinite(bound)) return bound
  const unit = 10 ** (4 - Math.floor(Math.log10(Math.abs(bound))))
  const rounded = (away > 0 ? Math.ceil(bound * unit) : Math.floor(bound * unit)) / unit
  const passed = away > 0 ? bound <= limit && rounded > limit : bound > limit && rounded <= limit
  return passed ? bound : rounded
}

/** Rows that decide nine times in ten if nothing moved: of the current side where the reference has enough, and of each. */
interface Needed {
  readonly current?: number
  readonly each?: number
}

/** More rows than anybody has. */
const MOST_ROWS = 1e12

/** `alike`: how many clustered rows weigh as one. */
function rowsFor(spread: number, reference: number, alike: number): Needed {
  const left = spread * spread - 1 / reference
  const [current, each] = [Math.ceil(alike / left), Math.ceil((2 * alike) / (spread * spread))]
  return {
    ...(left > 0 && current < MOST_ROWS ? { current } : {}),
    ...(each < MOST_ROWS ? { each } : {}),
  }
}

function decides({ current, each }: Needed, rows: number): string {
  if (current !== undefined && current <= rows) return 'the effect is near the limit'
  if (current !== undefined) return `about ${numberText(current)} rows of the current data would decide`
  if (each === undefined) return 'no feasible number of rows shows so small an effect'
  return `about ${numberText(each)} rows on each side would decide`
}
