import { command } from '../command.ts'
import { openData } from '../data.ts'
import { declareData } from '../dataOptions.ts'
import { declareJudging, judge, type JudgingOptions } from '../judge.ts'
import { declareSchema, schemaCheck, type SchemaOptions } from '../schemaCheck.ts'

type Options = SchemaOptions & JudgingOptions

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
    declareJudging(declareData(parser))
  },
  async run([sources], options, context) {
    const datasets = await openData(sources, options, context)
    const checks = await Promise.all(datasets.map((dataset) => schemaCheck(dataset, options)))
    return judge({ checks, datasets }, options, context)
  },
})
