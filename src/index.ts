import { announce } from '../matchers/missing.ts'

export * from './behavior/index.ts'
export * from './checks/index.ts'
export * as checks from './checks/kinds/index.ts'
export { type Dataset, type DatasetColumn, type DatasetSource, dataset, isDataset } from './dataset/dataset.ts'
export * from './drift/index.ts'
export type { RecordsDataset } from './dataset/typedRecords.ts'
export type { DatasetOptions } from './dataset/datasetOptions.ts'
export { AssayError, type AssayErrorCode } from './errors.ts'
export * from './models/index.ts'
export * from './perturbations/index.ts'
export { profile, type ProfileOptions } from './profile/profile.ts'
// What a check comes to; run documents and what is done with them are at assay/results.
export { type Block, type BlockKind, type BlockOf, blockOf, blocksOf } from './results/blocks/index.ts'
export type * from './results/checkResult.ts'
export { readWaivers, type Waiver } from './results/waivers.ts'
export { waiverText } from './results/withWaivers.ts'
export * from './contracts/index.ts'
export * from './templates/index.ts'
export { sql } from './sql/sql.ts'
// The matchers' types come with the package: this line loads the augmentation of expect().
export type { AssayMatchers } from '../matchers/types.ts'

announce()
