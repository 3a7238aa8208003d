import type { Check } from '../checks/check.ts'
import { textRuleCheck } from '../checks/forms/textwise.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Column } from '../engine/engine.ts'
import type { Severity } from '../results/checkResult.ts'
import { compile, type Finding } from './drafts.ts'
import type { JsonObject } from './json.ts'
import { objectOf, shown } from './json.ts'
import { type RowWiseRule, rowWise } from './rowWise.ts'
import type { ColumnSchema, TableSchema, ValueForm, ValueLimit } from './tableSchema.ts'

interface Options {
  readonly mostly: number
  readonly severity: Severity
}

interface FormContext {
  readonly view: Dataset
  readonly column: Column
  readonly table: TableSchema
  readonly options: Options
}

/**
 * The checks of a column whose language has forms of its own: that each value is of the form, and that what it reads as
 * holds to the rules and limits. Texts are judged once each.
 */
export async function formChecks(
  schema: ColumnSchema & { readonly form: ValueForm },
  { view, column, table, options }: FormContext,
): Promise<readonly Check[]> {
  const { name, form, limits = [], field } = schema
  const rules = objectOf(Object.entries(schema.rules).filter(([keyword]) => !['type', 'format'].includes(keyword)))
  const words = [
    ...Object.entries(rules).map(([keyword, value]) => `${keyword} ${shown(value)}`),
    ...limits.map((limit) => limit.words),
  ]
  const validate = await compile({ ...table.shared, ...rules }, table.draft)
  const ofForm = (value: unknown): readonly Finding[] | undefined =>
    form.read(value) ? undefined : [{ keyword: 'type', message: `must be ${form.words}`, path: '' }]
  const within = (value: unknown): readonly Finding[] | undefined => {
    const read = form.read(value)
    if (!read) return undefined
    const broken = limits.filter(({ holds }) => !holds(read.value))
    const found = [
      ...(validate(read.value) ?? []),
      ...broken.map((limit) => ({ keyword: limit.keyword, message: `must be ${limit.words}`, path: '' })),
    ]
    return found.length > 0 ? found : undefined
  }
  const judges: readonly Judging[] = [
    {
      kind: 'valuesOfType',
      title: `values of type ${form.words}`,
      expected: form.words,
      asked: { form: form.words },
      limits: { field },
      judge: ofForm,
    },
    ...(words.length > 0
      ? [
          {
            kind: 'schemaKeyword' as const,
            title: `values that hold to ${words.join(', ')}`,
            expected: words.join(', '),
            discreet: {
              title: 'values that hold to the limits',
              expected: [...Object.keys(rules), ...limits.map((limit) => limit.keyword)].join(', '),
            },
            asked: { form: form.words },
            limits: { field, rules, words, shared: table.shared },
            judge: within,
          },
        ]
      : []),
  ]
  if (column.type === 'string') {
    return judges.map(({ kind, title, expected, discreet, asked, limits: said, judge }) =>
      textRuleCheck(
        view.column(name),
        {
          kind,
          family: 'schema',
          title,
          expected,
          ...(discreet ? { discreet } : {}),
          asked,
          limits: said,
          holds: (text) => judge(text) === undefined,
        },
        options,
      ),
    )
  }
  return judges.map((judging) => onValues(view, name, judging, options))
}

type Judging = Pick<RowWiseRule, 'kind' | 'title' | 'expected' | 'asked' | 'limits'> & {
  readonly discreet?: { readonly title: string; readonly expected: string }
  readonly rules?: JsonObject
  judge(value: unknown): readonly Finding[] | undefined
}

/** The check that values hold to limits for which JSON Schema has no word. */
export function limitCheck(
  limits: readonly ValueLimit[],
  { name, rules, field, physical }: ColumnSchema,
  view: Dataset,
  options: Options,
): Check {
  const words = limits.map((limit) => limit.words).join(', ')
  const judge = (value: unknown): readonly Finding[] | undefined => {
    const broken = limits.filter(({ holds }) => !holds(value))
    return broken.length > 0
      ? broken.map((limit) => ({ keyword: limit.keyword, message: `must be ${limit.words}`, path: '' }))
      : undefined
  }
  return onValues(
    view,
    name,
    {
      kind: 'schemaKeyword',
      title: `values ${words}`,
      expected: words,
      discreet: { title: 'values within the limits', expected: limits.map((limit) => limit.keyword).join(', ') },
      asked: { keywords: limits.map(({ keyword }) => keyword) },
      limits: { field, words: limits.map((limit) => limit.words), physical },
      judge,
      rules,
    },
    options,
  )
}

function onValues(
  view: Dataset,
  name: string,
  { kind, title, expected, discreet, asked, limits, judge, rules = {} }: Judging,
  options: Options,
): Check {
  return rowWise(view, {
    kind,
    title,
    expected,
    ...(discreet ? { discreet } : {}),
    columns: [{ name, rules }],
    nullIsMissing: true,
    judge: (row) => (Object.hasOwn(row, name) ? judge(row[name]) : 'absent'),
    subject: [name],
    asked,
    limits,
    ...options,
  })
}
