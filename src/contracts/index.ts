export {
  boolean,
  type ColumnBuilder,
  date,
  integer,
  number,
  type NumberBuilder,
  type PlainBuilder,
  string,
  table,
  type TableBuilder,
  type TextBuilder,
  timestamp,
} from '../languages/table/builder.ts'
export { matchesSchema, type MatchesSchemaOptions } from './matchesSchema.ts'
export type { SchemaSource } from '../languages/readSchema.ts'
export { type ReadOptions, readSchema } from '../languages/readSchema.ts'
export { convertSchema } from '../languages/convert.ts'
export type { SchemaLanguage, SchemaPlace, WrittenSchema } from '../languages/language.ts'
export { languages } from '../languages/languages.ts'
export {
  type CompatibilityVerdict,
  type Contract,
  type ContractComparison,
  compareContracts,
  contractCheck,
  contractPath,
  inferContract,
  readContract,
  writeContract,
} from './contract.ts'
export type { Confidence, Suggestion } from './suggest/proposal.ts'
export { suggest, type Suggestions } from './suggest/suggest.ts'
export { rowsSatisfy, type RowsSatisfyOptions, type RowPredicate } from '../schema/rowsSatisfy.ts'
