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
} from './builder.ts'
export { matchesSchema, type MatchesSchemaOptions } from './matchesSchema.ts'
export type { SchemaSource } from './readSchema.ts'
export { type ReadOptions, readSchema } from './readSchema.ts'
export { convertSchema } from './convert.ts'
export type { SchemaLanguage, SchemaPlace, WrittenSchema } from './language.ts'
export { languages } from './languages.ts'
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
export { type Confidence, suggest, type Suggestion, type Suggestions } from './suggest.ts'
