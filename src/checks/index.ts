export type { Bounds } from './bounds.ts'
export type { Check } from './check.ts'
export { checkFromJSON, type CheckJson, type CheckJsonOptions, checkToJSON } from './checkJson.ts'
export type { ColumnsAscendingOptions } from './kinds/columnsAscending.ts'
export type { ColumnsCheckOptions } from './forms/columns.ts'
export type { SequenceCheckOptions } from './forms/sequence.ts'
export { defineCheck } from './defineCheck.ts'
export type { OwnAggregateCheck, OwnJudgement, OwnRowCheck, OwnRunCheck } from './defineCheck.ts'
export { defineMetric, type OwnMetric } from './defineMetric.ts'
export { type EvaluateOptions, evaluate } from './evaluate.ts'
export * from './kinds/index.ts'
export type { NoMissingOptions } from './kinds/noMissing.ts'
export type {
  AggregateCheckOptions,
  CountCheckOptions,
  FollowedOptions,
  RowCheckOptions,
  TableCheckOptions,
} from './parameters/options.ts'
export type { Distribution } from './parameters/distribution.ts'
export type { AllowedValue } from './parameters/values.ts'
export type { ValueType } from './parameters/valueType.ts'
export { parameters } from './parameters/index.ts'
export type { StandardDeviationOptions } from './kinds/standardDeviationBetween.ts'
export type { MonotoneOptions } from './monotone.ts'
export type { WellFormedOptions } from './kinds/wellFormed.ts'
