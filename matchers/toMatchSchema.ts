import { type Dataset, isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { matchesSchema, type MatchesSchemaOptions } from '../src/contracts/matchesSchema.ts'
import type { SchemaSource } from '../src/languages/readSchema.ts'
import { contractFileCheck, countContract, explainContract } from './contractFile.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

/** The rows hold to a schema; without an argument, to the contract file beside the test. */
const toMatchSchema: MatcherDefinition<[schema?: SchemaSource, options?: MatchesSchemaOptions], Dataset> = {
  async check(received, args, context) {
    if (!isDataset(received)) {
      throw wrongReceived(
        'toMatchSchema',
        received,
        'a dataset',
        isDatasetColumn(received) ? 'drop .column(…)' : "expect(dataset('data.csv')).toMatchSchema()",
      )
    }
    return args.length > 0
      ? matchesSchema(received, args[0] as SchemaSource, args[1])
      : contractFileCheck(received, context)
  },
  settled: countContract,
  explain: explainContract,
}
export default toMatchSchema
