import { isDataset, isDatasetColumn } from '../src/dataset/dataset.ts'
import { matchesSchema, type MatchesSchemaOptions, type SchemaSource } from '../src/schema/matchesSchema.ts'
import { contractFileCheck, countContract } from './contractFile.ts'
import { type MatcherDefinition, wrongReceived } from './define.ts'

const fromFile = new WeakSet<object>()

/** The rows hold to a schema; without an argument, to the contract file beside the test. */
const toMatchSchema: MatcherDefinition<[schema?: SchemaSource, options?: MatchesSchemaOptions]> = {
  async check(received, args, context) {
    if (!isDataset(received)) {
      throw wrongReceived(
        'toMatchSchema',
        received,
        'a dataset',
        isDatasetColumn(received) ? 'drop .column(…)' : "expect(dataset('data.csv')).toMatchSchema()",
      )
    }
    if (args.length > 0) return matchesSchema(received, args[0] as SchemaSource, args[1])
    const check = await contractFileCheck(received, context)
    fromFile.add(check)
    return check
  },
  settled(check, results, context) {
    if (fromFile.has(check)) countContract(check, results, context)
  },
}
export default toMatchSchema
