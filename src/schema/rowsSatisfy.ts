import { aboutDataset, type CheckGroup } from '../checks/check.ts'
import { allowEmpty, mostly, parsedOptions, type RowCheckOptions, severity } from '../checks/parameters/options.ts'
import { type Option, options as optionSet } from '../checks/parameters/parameter.ts'
import { checkedDataset, described } from '../checks/receiver.ts'
import { truth } from '../checks/truth.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { AssayError, firstLine } from '../errors.ts'
import { isSql } from '../sql/sql.ts'
import { refusing, type RowValidator } from './rowValidator.ts'

/** Judges a row, which it is given as JavaScript's own values by the names of the columns. */
export type RowPredicate = (row: any) => boolean | Promise<boolean>

/** What a check of rows by a function can be told. */
export interface RowsSatisfyOptions extends Pick<RowCheckOptions, 'mostly' | 'severity' | 'allowEmpty'> {
  /**
   * What each row must be, in words; default: the name of the function.
   * @example { says: 'refunds are below zero' }
   */
  readonly says?: string
}

const says: Option<'says', string | undefined> = {
  name: 'says',
  role: 'asked',
  doc: 'what each row must be, in words',
  absent: undefined,
  type: 'string',
  example: "'refunds are below zero'",
  parse(value, { asker }) {
    if (typeof value === 'string' && value !== '') return value
    throw new AssayError('wrong-argument', `${asker} got says: ${described(value)}`, { hint: 'say it as text' })
  },
  toJSON: (words) => words,
}
const known = optionSet<RowsSatisfyOptions>(mostly, severity, allowEmpty, says)

/**
 * Every row satisfies a function that is given it as an object: `Date` for instants, bigints for wide integers, null or
 * undefined for what is missing. All rows are read, in pages of bounded size, so a check that SQL can judge is faster.
 * The function answers true or false, or a promise of that; what it throws is an error, and so is any other answer.
 * `vacuous` without rows, and for a function that accepts rows of anything.
 */
export function rowsSatisfy(dataset: Dataset, holds: RowPredicate, options?: RowsSatisfyOptions): CheckGroup {
  checkedDataset(dataset, 'rowsSatisfy', '(row) => row.amount >= 0')
  if (typeof holds !== 'function') {
    throw new AssayError('wrong-argument', `rowsSatisfy got ${described(holds)}, not a function`, {
      hint: isSql(holds)
        ? 'SQL is judged by toSatisfyCondition and satisfiesCondition'
        : 'e.g. rowsSatisfy(orders, (row) => row.amount >= 0)',
    })
  }
  const ruleOptions = parsedOptions(options, known, { asker: 'rowsSatisfy', dataset })
  const named = ruleOptions.says ?? (/^[\w$]{1,60}$/.test(holds.name) ? holds.name : undefined)
  const words = named ?? 'the function'
  // Without words its code is all that is stated.
  const statement = { words, ...(named === undefined ? { holds: String(holds) } : {}) }
  const validator = validatorOf(holds, words)
  const title = `rows that satisfy ${words}`
  return {
    type: 'group',
    kind: 'rowsSatisfy',
    family: 'rule',
    ...aboutDataset(dataset, [], { statement, limits: { holds, ...ruleOptions } }),
    title,
    expected: words,
    severity: ruleOptions.severity,
    inputs: [dataset],
    async expand({ relation }) {
      const { RowPass } = await import('./rows/rowPass.ts')
      const names = (await relation(dataset)).columns.map(({ name }) => name)
      const check = new RowPass(dataset).check({
        kind: 'rowsSatisfy',
        family: 'rule',
        title,
        expected: words,
        columns: names.map((name) => ({ name, rules: {} })),
        judging: { values: 'js', judge: (row) => validator.judge(row) },
        subject: [],
        statement,
        limits: { holds },
        mostly: ruleOptions.mostly,
        severity: ruleOptions.severity,
      })
      const { allowEmpty } = ruleOptions
      const what = 'the function accepts rows of anything'
      return [{ ...(allowEmpty ? check : refusing(check, validator, { names, what })), allowEmpty }]
    },
  }
}

function validatorOf(holds: RowPredicate, words: string): RowValidator {
  const broken = [{ keyword: words, message: 'it does not hold', path: '' }] as const
  const answered = (answer: unknown) => (truth(answer, 'rowsSatisfy') ? undefined : broken)
  const thrown = (cause: unknown): never => {
    if (cause instanceof AssayError) throw cause
    throw new AssayError('wrong-argument', `the function of rowsSatisfy threw: ${firstLine(cause)}`, {
      cause,
      discreet: 'the function of rowsSatisfy threw',
    })
  }
  return {
    vendor: words,
    definition: holds,
    judge(row) {
      try {
        const answer = holds(row)
        return answer instanceof Promise ? answer.then(answered).catch(thrown) : answered(answer)
      } catch (cause) {
        return thrown(cause)
      }
    },
  }
}
