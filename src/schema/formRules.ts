import type { Column } from '../engine/engine.ts'
import { compile } from './drafts.ts'
import type { Finding } from './findings.ts'
import { objectOf, shown } from './json.ts'
import { beyond } from './limitRule.ts'
import type { SchemaPart, Tolerance } from './parts.ts'
import type { SchemaRowRule } from './rows/rowRule.ts'
import type { ColumnSchema, TableSchema, ValueForm } from './tableSchema.ts'

interface FormContext {
  readonly column: Column
  readonly table: TableSchema
  readonly options: Tolerance
}

/** A statement about values of a form. */
interface FormRule extends Pick<SchemaRowRule, 'title' | 'expected' | 'statement' | 'limits'> {
  readonly kind: 'valuesOfType' | 'schemaKeyword'
  readonly discreet?: { readonly title: string; readonly expected: string }
  judge(value: unknown): readonly Finding[] | undefined
}

/**
 * The rules of a column whose language has forms of its own: that each value is of the form, and that what it reads as
 * holds to the rules and limits. Texts are judged once each.
 */
export async function formRules(
  schema: ColumnSchema & { readonly form: ValueForm },
  { column, table, options }: FormContext,
): Promise<readonly SchemaPart[]> {
  const { name, form, limits = [], field } = schema
  const rules = objectOf(Object.entries(schema.rules).filter(([keyword]) => !['type', 'format'].includes(keyword)))
  const words = [
    ...Object.entries(rules).map(([keyword, value]) => `${keyword} ${shown(value)}`),
    ...limits.map((limit) => limit.words),
  ]
  const validate = await compile({ ...table.shared, ...rules }, table.draft)
  const ofForm: FormRule = {
    kind: 'valuesOfType',
    title: `values of type ${form.words}`,
    expected: form.words,
    statement: { form: form.words },
    limits: { field },
    judge: (value) =>
      form.read(value) ? undefined : [{ keyword: 'type', message: `must be ${form.words}`, path: '' }],
  }
  const within: FormRule = {
    kind: 'schemaKeyword',
    title: `values that hold to ${words.join(', ')}`,
    expected: words.join(', '),
    discreet: {
      title: 'values that hold to the limits',
      expected: [...Object.keys(rules), ...limits.map((limit) => limit.keyword)].join(', '),
    },
    statement: { form: form.words },
    limits: { field, rules, words, shared: table.shared },
    judge(value) {
      const read = form.read(value)
      if (!read) return undefined
      const findings = [...(validate(read.value) ?? []), ...(beyond(limits, read.value) ?? [])]
      return findings.length > 0 ? findings : undefined
    },
  }
  return (words.length > 0 ? [ofForm, within] : [ofForm]).map((rule) =>
    column.type === 'string' ? ofTexts(rule, name, options) : ofValues(rule, name, options),
  )
}

function ofTexts({ judge, ...rule }: FormRule, column: string, options: Tolerance): SchemaPart {
  const holds = (text: string): boolean => judge(text) === undefined
  return { by: 'texts', rule: { ...rule, family: 'schema', holds }, column, options }
}

function ofValues({ judge, ...rule }: FormRule, name: string, options: Tolerance): SchemaPart {
  return {
    by: 'rows',
    rule: {
      ...rule,
      columns: [{ name, rules: {} }],
      judging: {
        values: 'json',
        nullIsMissing: true,
        judge: (row) => (Object.hasOwn(row, name) ? judge(row[name]) : 'absent'),
      },
      subject: [name],
      ...options,
    },
  }
}
