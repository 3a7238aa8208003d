import { visible } from '../../words/text/visible.ts'
import { command, exit } from '../command.ts'
import type { Context } from '../context.ts'
import { openData } from '../data.ts'
import { declareData } from '../dataOptions.ts'
import { type CheckPlan, planOf, type PlannedQuery } from '../plan.ts'
import { declareSchema, schemaCheck, type SchemaOptions } from '../schemaCheck.ts'
import { countText } from '../../words/text/numbers.ts'

type Options = SchemaOptions & { readonly analyze?: boolean }

const passes: Readonly<Record<PlannedQuery['pass'], string>> = {
  scan: 'one scan',
  frequency: 'counts of equal values',
  query: 'a query of its own',
  texts: 'each different text, judged in JavaScript',
  numbers: 'a column read into this process',
}

/** `assay explain <data…>` */
export default command<[sources: readonly string[]], Options>({
  examples: [
    ['assay explain orders.csv --schema orders.schema.json', 'the queries that would judge it'],
    ['assay explain orders.csv --analyze', 'runs them, with the plan and times of the engine'],
  ],
  declare(parser) {
    declareData(declareSchema(parser.argument('<data...>', 'files, or - for stdin'))).option(
      '--analyze',
      "run the queries, and show the engine's plan and times",
    )
  },
  async run([sources], options, context) {
    const plans: CheckPlan[] = []
    for (const dataset of await openData(sources, options, context)) {
      const check = await schemaCheck(dataset, options)
      plans.push(await planOf(dataset, check, { analyze: options.analyze ?? false, signal: context.signal }))
    }
    context.answer(plans)
    context.print(plans.map((plan) => shown(plan, context)).join('\n\n'))
    return exit.holds
  },
})

function shown({ name, source, engine, checks, queries, rowWise, errors }: CheckPlan, context: Context): string {
  const title = `${context.paint('bold', visible(name))}  ${countText(checks, 'check')}: ${countText(queries.length, 'query', 'queries')}, ${rowWise.length} judged row by row  ${context.paint('dim', `${visible(source)}  ${engine}`)}`
  const blocks = queries.map((query, i) => queryText(query, i + 1, context))
  const rows = rowWise.map(
    ({ title: what, expected, columns }) =>
      `${context.paint('cyan', 'row by row, in this process')}  ${visible(what)}\n  expected  ${visible(expected)}\n  reads     ${visible(columns.join(', '))}`,
  )
  const broken = errors.map(
    ({ title: what, message }) => `${context.paint('red', 'no plan')}  ${visible(what)}\n${indented(message)}`,
  )
  return [title, ...blocks, ...rows, ...broken].join('\n\n')
}

function queryText({ pass, metrics, sql, analyzed }: PlannedQuery, number: number, context: Context): string {
  const head = `${context.paint('cyan', `query ${number}`)}  ${passes[pass]}, ${countText(metrics.length, 'number')}: ${visible(metrics.join(', '))}`
  return [head, indented(sql), ...(analyzed === undefined ? [] : ['', indented(analyzed)])].join('\n')
}

function indented(text: string): string {
  return text
    .split('\n')
    .map((line) => `  ${visible(line)}`.trimEnd())
    .join('\n')
}
