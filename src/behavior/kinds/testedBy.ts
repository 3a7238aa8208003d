import type { Check, Judgement, RunCheck } from '../../checks/check.ts'
import { kindOf, textOf, wrongArgument } from '../../errors.ts'
import type { Model } from '../../models/model.ts'
import { ownOptions } from '../../options.ts'
import type { CheckResult, Severity } from '../../results/checkResult.ts'
import type { PassRate } from '../../results/blocks/rates.ts'
import { countText, numberText } from '../../words/text/numbers.ts'
import { aboutModel, checkModel, lineageOf } from '../aboutModel.ts'
import { type StandIn, standIns } from '../standIns.ts'
import { checkVerdictOptions } from '../../checks/verdictOptions.ts'

/** What `testedBy` can be told. */
export interface TestedByOptions {
  /**
   * How many random and how many shuffled models are tried; default 5.
   * @example { draws: 10 }
   */
  readonly draws?: number
  /**
   * `warn` reports a failure without failing the test.
   * @example { severity: 'warn' }
   */
  readonly severity?: Severity
}

const DRAWS = 5

/**
 * Each of the checks can fail: at least one model that knows nothing of its inputs fails it. Tried are a model that gives
 * all inputs one answer, random ones, and ones that deal the real answers to other inputs. The real model is asked what the
 * checks ask, once. An error where a check cannot be judged for the stand-ins; `vacuous` without checks.
 * @example testedBy(sentiment, (model) => [passMft(model, cases), invariantTo(model, perturb.typos(), { over })])
 */
export function testedBy(
  model: Model,
  checks: (model: Model) => Check | readonly Check[],
  options: TestedByOptions = {},
): RunCheck {
  checkModel(model, 'testedBy')
  const wrong = wrongArgument('testedBy')
  if (typeof checks !== 'function')
    throw wrong(
      `got ${kindOf(checks)} in place of a function`,
      'pass a function that makes the checks of a model: (model) => [passMft(model, cases)]',
    )
  const { draws = DRAWS, severity } = ownOptions('testedBy', options, ['draws', 'severity'])
  if (!(Number.isInteger(draws) && draws >= 1 && draws <= 100))
    throw wrong(`got draws: ${textOf(draws)}`, 'it is a whole number from 1 to 100')
  checkVerdictOptions('testedBy', { severity })
  const listOf = (of: Model): readonly Check[] => {
    const made = checks(of)
    return Array.isArray(made) ? (made as readonly Check[]) : [made as Check]
  }
  const own = listOf(model)
  if (own.length === 0) throw wrong('got no check', '(model) => [passMft(model, cases)]')
  return {
    type: 'run',
    kind: 'testedBy',
    family: 'behavior',
    ...aboutModel(model, 'tests', {
      statement: { checks: own.map(({ kind, title, question }) => [kind, title, question.statement]) },
      limits: { draws, severity, checks: own.map(({ question }) => question.limits) },
    }),
    title: 'tests that can fail',
    expected: 'a model that knows nothing fails each test',
    ...(severity ? { severity } : {}),
    personal: own.flatMap(({ personal = [] }) => personal),
    async run({ signal }) {
      const { evaluate } = await import('../../checks/evaluate.ts')
      const tried: Tried[] = []
      for (const standIn of standIns(model, draws)) {
        const results = await evaluate(listOf(standIn.model), signal ? { signal } : {})
        tried.push({ standIn, results })
      }
      return { ...judged(tried), lineage: { model: lineageOf(model) } }
    },
  }
}

interface Tried {
  readonly standIn: StandIn
  readonly results: readonly CheckResult[]
}

/** Whether nobody could judge the stand-in: that is no failure that the test has found. */
const isUnclear = ({ status }: CheckResult): boolean => status === 'error' || status === 'vacuous'
/** Whether the stand-in got away with it. */
const holds = (result: CheckResult): boolean => result.status !== 'fail' && !isUnclear(result)

function judged(tried: readonly Tried[]): Judgement {
  const titles = (tried[0] as Tried).results.map(({ title }) => title)
  const of = (i: number): readonly CheckResult[] =>
    tried.flatMap(({ results }) => (results[i] === undefined ? [] : [results[i]]))
  const broken = titles.flatMap((title, i) => {
    const unclear = of(i).filter(isUnclear)
    return unclear.length === of(i).length ? [{ title, why: unclear[0] as CheckResult }] : []
  })
  if (broken.length > 0)
    return {
      status: 'error',
      measured: `${countText(broken.length, 'test')} could not be judged`,
      message: broken.map(({ title, why }) => `${title}: ${why.message ?? why.measured}`).join('\n'),
    }
  const parts = titles.map((title, i): PassRate => {
    const failed = of(i).filter(({ status }) => status === 'fail').length
    const errors = of(i).filter(isUnclear).length
    return {
      name: title,
      cases: of(i).length,
      passed: failed,
      failed: of(i).length - failed - errors,
      errors,
      notApplicable: 0,
      rate: failed / of(i).length,
    }
  })
  const dead = parts.filter(({ passed }) => passed === 0)
  const through = [...new Set(tried.filter(({ results }) => results.every(holds)).map(({ standIn }) => standIn.kind))]
  const lines = [
    ...dead.map(
      ({ name, errors }) =>
        `cannot fail: ${name}${errors > 0 ? `, as far as it could be judged: not for ${countText(errors, 'model')}` : ''}`,
    ),
    ...through.map((kind) => `a ${kind} model passes all of them`),
  ]
  const able = parts.length - dead.length
  return {
    status: lines.length > 0 ? 'fail' : 'pass',
    measured: `${numberText(able)} of ${countText(parts.length, 'test')} can fail, tried with ${countText(tried.length, 'model that knows', 'models that know')} nothing`,
    value: able / parts.length,
    ...(lines.length > 0 ? { message: lines.join('\n') } : {}),
    evidence: [
      {
        kind: 'rates',
        overall: {
          name: 'all',
          cases: parts.length,
          passed: able,
          failed: dead.length,
          errors: 0,
          notApplicable: 0,
          rate: able / parts.length,
        },
        parts,
      },
    ],
  }
}
