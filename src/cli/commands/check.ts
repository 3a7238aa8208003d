import { command } from '../command.ts'
import { declareData, openData } from '../data.ts'
import { judge } from '../judge.ts'
import { declareSchema, schemaCheck, type SchemaOptions } from '../schemaCheck.ts'

interface Options extends SchemaOptions {
  readonly report?: string
}

/** `assay check <data…>` */
export default command<[sources: readonly string[]], Options>({
  examples: [
    ['assay check orders.csv --schema orders.schema.json', 'holds each row to a schema'],
    ['assay check orders.csv', 'holds it to its contract, __contracts__/orders.schema.json'],
    [
      'assay check day-*.parquet --schema day.schema.json --mostly 99.9% --report report',
      'several files, tolerant, with a report',
    ],
    ['psql -c "copy orders to stdout csv header" | assay check - --name orders', 'data on stdin'],
  ],
  declare(parser) {
    declareSchema(parser.argument('<data...>', 'files, or - for stdin'))
    declareData(parser).option('--report <folder>', 'write the report there: index.html, report.json and summary.md')
  },
  async run([sources], options, context) {
    const datasets = await openData(sources, options, context)
    const checks = await Promise.all(datasets.map((dataset) => schemaCheck(dataset, options)))
    return judge({ checks, datasets, report: options.report }, context)
  },
})
